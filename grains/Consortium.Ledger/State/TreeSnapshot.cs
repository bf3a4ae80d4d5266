using System.Diagnostics.CodeAnalysis;

namespace Consortium.Ledger.State;

/// <summary>The keys and values of a state tree as they were when it was taken, read one by one while the tree moves on.</summary>
/// <remarks>
/// <para>
/// Taking one costs nothing. Entries are read in path order; what an update is about to change and has not been read yet is kept here
/// first. So an update costs a little more while a snapshot is being read, and memory holds what changes meanwhile, each key once.
/// </para>
/// <para>Belongs to its tree: reading and updating by one thread at a time.</para>
/// </remarks>
public sealed class TreeSnapshot
{
    private readonly InnerNodePool _inner;
    private readonly LeafPool _leaves;

    // What updates replaced, by path; without a value it was not there.
    private readonly SortedDictionary<Digest, (byte[] Key, byte[]? Value)> _kept = [];

    // What is still to be visited of the tree, the next on top; useless once the tree has changed.
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
                // The tree may have a leaf at this path too, a later one; it counts as read with this.
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

    /// <summary>Lets go of it: updates keep nothing for it any more.</summary>
    public void Release()
    {
        _leaves.Snapshots.Remove(this);
        _kept.Clear();
    }

    /// <summary>Is told what stands at a path before an update changes it; no value when nothing does.</summary>
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

    /// <summary>Goes down to where the last entry was read; what hangs to the right of that way is ahead.</summary>
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
