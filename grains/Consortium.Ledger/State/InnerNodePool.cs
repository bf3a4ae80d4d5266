namespace Consortium.Ledger.State;

/// <summary>The inner nodes of a state tree, as two slots each.</summary>
/// <remarks>
/// A slot holds a child and the child's hash. Keeping the hash with the parent means that hashing a node reads
/// 64 bytes in one place instead of visiting both children. Node <c>n</c> has the slots <c>2 n</c> and <c>2 n + 1</c>;
/// the left slot of node 0, which is no part of the tree, holds the root.
/// </remarks>
internal sealed class InnerNodePool
{
    /// <summary>The slot that holds the root.</summary>
    public const int RootSlot = 0;

    /// <summary>Slots per chunk, as a power of two: 15 makes a chunk of hashes one MiB.</summary>
    private const int ChunkBits = 15;
    private const int ChunkMask = (1 << ChunkBits) - 1;

    // The first chunk grows from this, so that a small tree is small; all others are made whole.
    private const int FirstSlots = 128;

    private readonly IndexPool _indexes = new();
    private NodeReference[][] _children = [];
    private Digest[][] _hashes = [];

    public InnerNodePool() => Take();

    /// <summary>Nodes in use, without the one that holds the root.</summary>
    public int Used => _indexes.Used - 1;

    public static int Slot(int node, int side) => (node * 2) + side;

    public ref NodeReference Child(int slot) => ref _children[slot >> ChunkBits][slot & ChunkMask];

    public ref Digest Hash(int slot) => ref _hashes[slot >> ChunkBits][slot & ChunkMask];

    /// <summary>The hashes of a node's left and right child.</summary>
    public ReadOnlySpan<Digest> Hashes(int node) =>
        _hashes[node >> (ChunkBits - 1)].AsSpan(Slot(node, 0) & ChunkMask, 2);

    /// <summary>The node's left and right child.</summary>
    public ReadOnlySpan<NodeReference> Children(int node) =>
        _children[node >> (ChunkBits - 1)].AsSpan(Slot(node, 0) & ChunkMask, 2);

    public void Set(int slot, NodeReference child, in Digest hash)
    {
        Child(slot) = child;
        Hash(slot) = hash;
    }

    /// <summary>Takes a free node; both of its slots are empty.</summary>
    public int Take()
    {
        int node = _indexes.Take();
        int chunk = Slot(node, 0) >> ChunkBits;
        if (chunk == _children.Length)
        {
            Array.Resize(ref _children, chunk + 1);
            Array.Resize(ref _hashes, chunk + 1);
            _children[chunk] = new NodeReference[chunk == 0 ? FirstSlots : 1 << ChunkBits];
            _hashes[chunk] = new Digest[_children[chunk].Length];
        }
        else if (chunk == 0 && Slot(node, 0) == _children[0].Length)
        {
            Array.Resize(ref _children[0], 2 * _children[0].Length);
            Array.Resize(ref _hashes[0], _children[0].Length);
        }

        return node;
    }

    /// <summary>Frees a node, which the next <see cref="Take"/> uses again.</summary>
    public void Return(int node)
    {
        Set(Slot(node, 0), default, default);
        Set(Slot(node, 1), default, default);
        _indexes.Return(node);
    }
}
