using Consortium.Ledger.Hashing;

namespace Consortium.Ledger.State;

/// <summary>Hashes inner nodes of one level in batches and puts each hash into the slot above its node.</summary>
internal sealed class InnerNodeHasher(InnerNodePool inner)
{
    /// <summary>Nodes hashed together: their messages stay in the first cache level.</summary>
    private const int BatchCount = 256;

    private readonly byte[] _messages = new byte[BatchCount * StateNodeHash.MessageLength];
    private readonly byte[] _hashes = new byte[BatchCount * Digest.Size];
    private readonly int[] _slots = new int[BatchCount];
    private int _count;

    /// <summary>Adds a node whose children have their final hashes.</summary>
    /// <param name="node">The node.</param>
    /// <param name="slot">The slot above it.</param>
    public void Add(int node, int slot)
    {
        ReadOnlySpan<Digest> children = inner.Hashes(node);
        StateNodeHash.WriteInner(
            _messages.AsSpan(_count * StateNodeHash.MessageLength, StateNodeHash.MessageLength),
            in children[0],
            in children[1]);
        _slots[_count++] = slot;
        if (_count == BatchCount)
        {
            Flush();
        }
    }

    /// <summary>Hashes the nodes added so far. Must be called before nodes of the level above are added, which hash these digests.</summary>
    public void Flush()
    {
        Sha256Lanes.HashMany(
            _messages.AsSpan(0, _count * StateNodeHash.MessageLength),
            StateNodeHash.MessageLength,
            _hashes.AsSpan(0, _count * Digest.Size));
        for (int i = 0; i < _count; i++)
        {
            inner.Hash(_slots[i]) = Digest.FromBytes(_hashes.AsSpan(i * Digest.Size, Digest.Size));
        }

        _count = 0;
    }
}
