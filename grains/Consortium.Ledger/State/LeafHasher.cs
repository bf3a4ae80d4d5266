using Consortium.Ledger.Hashing;

namespace Consortium.Ledger.State;

/// <summary>Hashes the leaves that a block writes.</summary>
internal sealed class LeafHasher
{
    /// <summary>Leaves hashed together: their messages stay in the first two cache levels.</summary>
    private const int BatchCount = 1024;

    private readonly byte[][] _values = new byte[BatchCount][];
    private readonly Digest[] _paths = new Digest[BatchCount];
    private readonly byte[] _valueHashes = new byte[BatchCount * Digest.Size];
    private readonly byte[] _messages = new byte[BatchCount * StateNodeHash.MessageLength];
    private byte[] _hashes = [];

    /// <summary>Hashes the leaves of all changes that have a value, in their sorted order.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="sorted">Their order.</param>
    /// <param name="putCount">The number of changes that have a value.</param>
    public void Hash(ReadOnlySpan<TreeChange> changes, ReadOnlySpan<SortedChange> sorted, int putCount)
    {
        if (_hashes.Length < putCount * Digest.Size)
        {
            _hashes = new byte[putCount * Digest.Size];
        }

        int done = 0;
        int waiting = 0;
        foreach (SortedChange place in sorted)
        {
            ref readonly TreeChange change = ref changes[place.Index];
            if (change.Value is null)
            {
                continue;
            }

            _values[waiting] = change.Value;
            _paths[waiting] = change.Path;
            waiting++;
            if (waiting == BatchCount)
            {
                HashBatch(done, waiting);
                done += waiting;
                waiting = 0;
            }
        }

        HashBatch(done, waiting);
        Array.Clear(_values);
    }

    /// <summary>The hash of a leaf, by its rank among the changes that have a value.</summary>
    public Digest this[int put] => Digest.FromBytes(_hashes.AsSpan(put * Digest.Size, Digest.Size));

    private void HashBatch(int first, int count)
    {
        Span<byte> valueHashes = _valueHashes.AsSpan(0, count * Digest.Size);
        Sha256Lanes.HashEach(_values.AsSpan(0, count), valueHashes);
        for (int i = 0; i < count; i++)
        {
            StateNodeHash.WriteLeaf(
                _messages.AsSpan(i * StateNodeHash.MessageLength, StateNodeHash.MessageLength),
                in _paths[i],
                valueHashes.Slice(i * Digest.Size, Digest.Size));
        }

        Sha256Lanes.HashMany(
            _messages.AsSpan(0, count * StateNodeHash.MessageLength),
            StateNodeHash.MessageLength,
            _hashes.AsSpan(first * Digest.Size, count * Digest.Size));
    }
}
