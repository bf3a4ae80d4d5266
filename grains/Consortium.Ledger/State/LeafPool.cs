namespace Consortium.Ledger.State;

/// <summary>The leaves of a state tree: path, key and value of each.</summary>
internal sealed class LeafPool
{
    /// <summary>Leaves per chunk, as a power of two.</summary>
    private const int ChunkBits = 14;
    private const int ChunkMask = (1 << ChunkBits) - 1;

    // The first chunk grows from this, so that a small tree is small; all others are made whole.
    private const int FirstLeaves = 64;

    private readonly IndexPool _indexes = new();
    private Digest[][] _paths = [];
    private byte[][][] _keys = [];
    private byte[][][] _values = [];

    /// <summary>The snapshots that are being read; <see cref="TreeSnapshot.Keep"/> is called on each before a leaf changes.</summary>
    public List<TreeSnapshot> Snapshots { get; } = [];

    /// <summary>Leaves in use.</summary>
    public int Used => _indexes.Used;

    public ref readonly Digest Path(int leaf) => ref _paths[leaf >> ChunkBits][leaf & ChunkMask];

    public byte[] Key(int leaf) => _keys[leaf >> ChunkBits][leaf & ChunkMask];

    public byte[] Value(int leaf) => _values[leaf >> ChunkBits][leaf & ChunkMask];

    public void SetValue(int leaf, byte[] value)
    {
        Keep(in Path(leaf), Key(leaf), Value(leaf));
        _values[leaf >> ChunkBits][leaf & ChunkMask] = value;
    }

    public int Take(in Digest path, byte[] key, byte[] value)
    {
        Keep(in path, key, null);
        int leaf = _indexes.Take();
        int chunk = leaf >> ChunkBits;
        if (chunk == _paths.Length)
        {
            Array.Resize(ref _paths, chunk + 1);
            Array.Resize(ref _keys, chunk + 1);
            Array.Resize(ref _values, chunk + 1);
            _paths[chunk] = new Digest[chunk == 0 ? FirstLeaves : 1 << ChunkBits];
            _keys[chunk] = new byte[_paths[chunk].Length][];
            _values[chunk] = new byte[_paths[chunk].Length][];
        }
        else if (chunk == 0 && leaf == _paths[0].Length)
        {
            Array.Resize(ref _paths[0], 2 * leaf);
            Array.Resize(ref _keys[0], 2 * leaf);
            Array.Resize(ref _values[0], 2 * leaf);
        }

        _paths[chunk][leaf & ChunkMask] = path;
        _keys[chunk][leaf & ChunkMask] = key;
        _values[chunk][leaf & ChunkMask] = value;
        return leaf;
    }

    /// <summary>Frees a leaf and drops the references to its key and value, so that their memory can be collected.</summary>
    public void Return(int leaf)
    {
        Keep(in Path(leaf), Key(leaf), Value(leaf));
        _keys[leaf >> ChunkBits][leaf & ChunkMask] = [];
        _values[leaf >> ChunkBits][leaf & ChunkMask] = [];
        _indexes.Return(leaf);
    }

    private void Keep(in Digest path, byte[] key, byte[]? value)
    {
        foreach (TreeSnapshot snapshot in Snapshots)
        {
            snapshot.Keep(in path, key, value);
        }
    }
}
