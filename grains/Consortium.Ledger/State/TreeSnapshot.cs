using System.Diagnostics.CodeAnalysis;

namespace Consortium.Ledger.State;

/// <summary>Reads the keys and values that a state tree had when the snapshot was taken, one by one, while updates go on.</summary>
/// <remarks>
/// <para>
/// Taking a snapshot copies nothing. Entries are read in path order. Before an update changes an entry that has not been read yet,
/// the snapshot keeps the old one: until it is read to its end, updates cost a little more and each changed key is in memory once more.
/// </para>
/// <para>Belongs to its tree: reading and updating by one thread at a time.</para>
/// </remarks>
public sealed class TreeSnapshot
{
    private readonly InnerNodePool _inner;
    private readonly LeafPool _leaves;

    // Entries as they were before updates changed them, by path; a null value means that the key was absent.
    private readonly SortedDictionary<Digest, (byte[] Key, byte[]? Value)> _kept = [];

    // Subtrees that are still to be visited, the next one on top. An update makes it useless: Seek builds it again.
    private readonly Stack<NodeReference> _ahead = new();
    private bool _isAheadKnown;
    private Digest? _last;

    internal TreeSnapshot(InnerNodePool inner, LeafPool leaves)
    {
        (_inner, _leaves) = (inner, leaves);
        leaves.Snapshots.Add(this);
    }

    /// <summary>Entries that updates changed and that have not been read yet.</summary>
    public int KeptCount => _kept.Count;

    /// <summary>Reads the next entry.</summary>
    /// <param name="key">The key's bytes, which the caller must not change.</param>
    /// <param name="value">The value's bytes, which the caller must not change.</param>
    /// <returns>Whether there was one; after the last the snapshot is let go of.</returns>
    public bool TryRead([NotNullWhen(true)] out byte[]? key, [NotNullWhen(true)] out byte[]? value)
    {
        while (true)
        {
            var hasLeaf = TryPeekLeaf(out var leaf);
            var hasKept = TryPeekKept(out var path, out var kept);
            if (hasKept && !(hasLeaf && _leaves.Path(leaf) < path))
            {
                // The tree may have a newer leaf at this path: moving _last here makes the walk pass over it.
                _kept.Remove(path);
                _last = path;
                if (kept.Value is null)
                {
                    continue;
                }

                (key, value) = (kept.Key, kept.Value);
                return true;
            }

            if (!hasLeaf)
            {
                Release();
                (key, value) = (null, null);
                return false;
            }

            _last = _leaves.Path(leaf);
            (key, value) = (_leaves.Key(leaf), _leaves.Value(leaf));
            return true;
        }
    }

    /// <summary>Ends the snapshot: updates need not keep old entries for it any more.</summary>
    public void Release()
    {
        _leaves.Snapshots.Remove(this);
        _kept.Clear();
    }

    /// <summary>Called by an update before it changes a path: keeps the old entry, or that there was none, unless it has been read already.</summary>
    internal void Keep(in Digest path, byte[] key, byte[]? value)
    {
        _isAheadKnown = false;
        if (_last is not { } last || path > last)
        {
            _kept.TryAdd(path, (key, value));
        }
    }

    private bool TryPeekKept(out Digest path, out (byte[] Key, byte[]? Value) kept)
    {
        foreach (var (first, entry) in _kept)
        {
            (path, kept) = (first, entry);
            return true;
        }

        (path, kept) = (default, default);
        return false;
    }

    /// <summary>The tree's first leaf that has not been read.</summary>
    private bool TryPeekLeaf(out int leaf)
    {
        if (!_isAheadKnown)
        {
            Seek();
        }

        while (_ahead.TryPeek(out var next))
        {
            if (next.IsLeaf && !(_last is { } last && _leaves.Path(next.Leaf) <= last))
            {
                leaf = next.Leaf;
                return true;
            }

            _ahead.Pop();
            if (next.IsInner)
            {
                var children = _inner.Children(next.Inner);
                _ahead.Push(children[1]);
                _ahead.Push(children[0]);
            }
        }

        leaf = 0;
        return false;
    }

    /// <summary>Walks down to the last path that was read; the subtrees to the right of that walk are still to be visited.</summary>
    private void Seek()
    {
        _ahead.Clear();
        var next = _inner.Child(InnerNodePool.RootSlot);
        if (_last is { } last)
        {
            for (var depth = 0; next.IsInner; depth++)
            {
                var children = _inner.Children(next.Inner);
                var side = StatePath.Side(in last, depth);
                if (side == 0)
                {
                    _ahead.Push(children[1]);
                }

                next = children[side];
            }
        }

        _ahead.Push(next);
        _isAheadKnown = true;
    }
}
