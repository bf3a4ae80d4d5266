namespace Consortium.Ledger.State;

/// <summary>Carries out one block's changes on a state tree, and keeps the buffers for the next block.</summary>
/// <remarks>
/// <list type="number">
/// <item>Sort the changes by path. A long list is then carried out piece by piece, one part of the tree at a time.</item>
/// <item>Hash the leaves that the changes write.</item>
/// <item>
/// Walk down level by level. Every inner node met is noted as dirty once, with the range of changes below it. Where
/// the walk meets a leaf or nothing, the changes take effect.
/// </item>
/// <item>
/// Walk the noted levels up. A node left with at most one leaf gives way to that leaf; every other node is hashed,
/// together with its level.
/// </item>
/// </list>
/// Level order rather than depth first, because the nodes of a level are independent: their cache misses overlap on
/// the way down, and their hashes fill the vector lanes on the way up.
/// </remarks>
internal sealed class TreeUpdate(InnerNodePool inner, LeafPool leaves)
{
    /// <summary>
    /// Changes carried out together: enough for every block of the expected size, few enough that the nodes of a
    /// piece of a snapshot stay in the second cache level.
    /// </summary>
    private const int PieceLength = 1 << 15;

    private readonly ChangeSorter _sorter = new();
    private readonly LeafHasher _leafHashes = new();
    private readonly InnerNodeHasher _innerHasher = new(inner);
    private readonly int[] _levelStarts = new int[StatePath.BitCount + 1];
    private DirtyNode[] _dirty = [];
    private int _dirtyCount;

    /// <summary>For each sorted change, how many changes before it have a value; one entry more than changes.</summary>
    private int[] _putsBefore = [0];

    /// <summary>Carries out the changes.</summary>
    /// <exception cref="ArgumentException">Two changes have the same path; nothing was changed.</exception>
    /// <exception cref="ArgumentNullException">A value comes without a key; nothing was changed.</exception>
    public void Apply(ReadOnlySpan<TreeChange> changes)
    {
        foreach (ref readonly TreeChange change in changes)
        {
            if (change.Value is not null)
            {
                ArgumentNullException.ThrowIfNull(change.Key, nameof(changes));
            }
        }

        ReadOnlySpan<SortedChange> sorted = _sorter.Sort(changes);
        for (int start = 0; start < sorted.Length; start += PieceLength)
        {
            ApplyPiece(changes, sorted[start..Math.Min(sorted.Length, start + PieceLength)]);
        }

        if (changes.Length > PieceLength)
        {
            _sorter.Trim();
        }
    }

    private void ApplyPiece(ReadOnlySpan<TreeChange> changes, ReadOnlySpan<SortedChange> sorted)
    {
        CountPuts(changes, sorted);
        _leafHashes.Hash(changes, sorted, _putsBefore[sorted.Length]);
        int levelCount = WalkDown(changes, sorted);
        WalkUp(levelCount);
    }

    private void CountPuts(ReadOnlySpan<TreeChange> changes, ReadOnlySpan<SortedChange> sorted)
    {
        if (_putsBefore.Length <= sorted.Length)
        {
            _putsBefore = new int[sorted.Length + 1];
        }

        int puts = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            _putsBefore[i] = puts;
            if (changes[sorted[i].Index].Value is not null)
            {
                puts++;
            }
        }

        _putsBefore[sorted.Length] = puts;
    }

    private int WalkDown(ReadOnlySpan<TreeChange> changes, ReadOnlySpan<SortedChange> sorted)
    {
        _dirtyCount = 0;
        Descend(changes, sorted, InnerNodePool.RootSlot, depth: 0, 0, sorted.Length);
        int depth = 0;
        for (int start = 0; start < _dirtyCount; start = _levelStarts[depth])
        {
            _levelStarts[depth++] = start;
            int end = _dirtyCount;
            _levelStarts[depth] = end;
            for (int i = start; i < end; i++)
            {
                DirtyNode dirty = _dirty[i];
                int middle = FirstOnRight(changes, sorted, dirty.First, dirty.End, depth - 1);
                int left = InnerNodePool.Slot(dirty.Node, side: 0);
                if (dirty.First < middle)
                {
                    Descend(changes, sorted, left, depth, dirty.First, middle);
                }

                if (middle < dirty.End)
                {
                    Descend(changes, sorted, left + 1, depth, middle, dirty.End);
                }
            }
        }

        return depth;
    }

    /// <summary>Applies a range of the sorted changes to the content of one slot.</summary>
    private void Descend(
        ReadOnlySpan<TreeChange> changes, ReadOnlySpan<SortedChange> sorted, int slot, int depth, int first, int end)
    {
        NodeReference child = inner.Child(slot);
        if (child.IsInner)
        {
            AddDirty(new DirtyNode(child.Inner, slot, first, end));
            return;
        }

        int puts = _putsBefore[end] - _putsBefore[first];
        int changeOfLeaf = child.IsLeaf ? Find(changes, sorted, first, end, in leaves.Path(child.Leaf)) : -1;
        bool leafStays = child.IsLeaf && changeOfLeaf < 0;
        if (puts + (leafStays ? 1 : 0) > 1)
        {
            AddDirty(new DirtyNode(Split(slot, depth), slot, first, end));
        }
        else if (puts == 1)
        {
            int put = FindPut(first, end);
            PutAlone(slot, in changes[sorted[put].Index], _leafHashes[_putsBefore[put]], sameKey: put == changeOfLeaf);
        }
        else if (changeOfLeaf >= 0)
        {
            leaves.Return(child.Leaf);
            inner.Set(slot, default, default);
        }
    }

    /// <summary>Puts a new inner node into a slot; a leaf that was there moves down by one.</summary>
    private int Split(int slot, int depth)
    {
        int node = inner.Take();
        NodeReference child = inner.Child(slot);
        if (child.IsLeaf)
        {
            int side = StatePath.Side(in leaves.Path(child.Leaf), depth);
            inner.Set(InnerNodePool.Slot(node, side), child, inner.Hash(slot));
        }

        inner.Child(slot) = NodeReference.FromInner(node);
        return node;
    }

    /// <summary>Makes a change's leaf the only thing below a slot.</summary>
    private void PutAlone(int slot, in TreeChange change, in Digest hash, bool sameKey)
    {
        NodeReference child = inner.Child(slot);
        if (sameKey)
        {
            leaves.SetValue(child.Leaf, change.Value!); // A put has a value.
            inner.Hash(slot) = hash;
            return;
        }

        if (child.IsLeaf)
        {
            leaves.Return(child.Leaf);
        }

        int leaf = leaves.Take(change.Path, change.Key, change.Value!); // A put has a value.
        inner.Set(slot, NodeReference.FromLeaf(leaf), in hash);
    }

    private void WalkUp(int levelCount)
    {
        for (int level = levelCount - 1; level >= 0; level--)
        {
            ReadOnlySpan<DirtyNode> nodes = _dirty.AsSpan(_levelStarts[level].._levelStarts[level + 1]);
            foreach (ref readonly DirtyNode dirty in nodes)
            {
                if (!TryCollapse(in dirty))
                {
                    _innerHasher.Add(dirty.Node, dirty.Slot);
                }
            }

            _innerHasher.Flush();
        }
    }

    /// <summary>Removes an inner node that has at most one leaf below it; that leaf moves up to the node's slot.</summary>
    private bool TryCollapse(in DirtyNode dirty)
    {
        ReadOnlySpan<NodeReference> children = inner.Children(dirty.Node);
        NodeReference left = children[0];
        NodeReference right = children[1];
        if (left.IsInner || right.IsInner || !(left.IsEmpty || right.IsEmpty))
        {
            return false;
        }

        // An empty slot has the zero hash, so this is right as well when both are empty.
        int side = left.IsEmpty ? 1 : 0;
        inner.Set(dirty.Slot, children[side], in inner.Hashes(dirty.Node)[side]);
        inner.Return(dirty.Node);
        return true;
    }

    private void AddDirty(DirtyNode dirty)
    {
        if (_dirtyCount == _dirty.Length)
        {
            Array.Resize(ref _dirty, Math.Max(256, _dirty.Length * 2));
        }

        _dirty[_dirtyCount++] = dirty;
    }

    /// <summary>The first change of a range that goes right at a depth, or the range's end.</summary>
    private static int FirstOnRight(
        ReadOnlySpan<TreeChange> changes, ReadOnlySpan<SortedChange> sorted, int first, int end, int depth)
    {
        while (first < end)
        {
            int middle = (int)(((uint)first + (uint)end) / 2);
            ref readonly SortedChange place = ref sorted[middle];
            int side = depth < StatePath.PrefixBitCount
                ? (int)((place.Prefix >> (StatePath.PrefixBitCount - 1 - depth)) & 1)
                : StatePath.Side(changes[place.Index].Path, depth);
            (first, end) = side == 0 ? (middle + 1, end) : (first, middle);
        }

        return first;
    }

    /// <summary>The change of a range with a given path, or -1.</summary>
    private static int Find(
        ReadOnlySpan<TreeChange> changes, ReadOnlySpan<SortedChange> sorted, int first, int end, in Digest path)
    {
        while (first < end)
        {
            int middle = (int)(((uint)first + (uint)end) / 2);
            int order = path.CompareTo(changes[sorted[middle].Index].Path);
            if (order == 0)
            {
                return middle;
            }

            (first, end) = order > 0 ? (middle + 1, end) : (first, middle);
        }

        return -1;
    }

    /// <summary>The only change of a range that has a value.</summary>
    private int FindPut(int first, int end)
    {
        int put = first;
        while (put < end - 1 && _putsBefore[put + 1] == _putsBefore[put])
        {
            put++;
        }

        return put;
    }
}
