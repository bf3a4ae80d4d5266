namespace Consortium.Ledger.State;

/// <summary>Puts the changes of a block in path order.</summary>
/// <remarks>
/// Paths are digests, so the first 33 bits nearly always decide: many are put in order by a radix sort in three passes, and the few
/// runs that agree so far are compared in full.
/// </remarks>
internal sealed class ChangeSorter
{
    private const int DigitBits = 11;
    private const int DigitCount = 3;

    // Below this, clearing and adding up the radix sort's buckets costs more than comparing.
    private const int ComparedMax = 256;

    private const int UnsortedBits = StatePath.PrefixBitCount - (DigitBits * DigitCount);

    private readonly int[] _positions = new int[1 << DigitBits];
    private SortedChange[] _current = [];
    private SortedChange[] _next = [];

    /// <summary>Sorts the changes; the result is valid until the next call.</summary>
    /// <exception cref="ArgumentException">Two changes have the same path.</exception>
    public ReadOnlySpan<SortedChange> Sort(ReadOnlySpan<TreeChange> changes)
    {
        if (_current.Length < changes.Length)
        {
            _current = new SortedChange[changes.Length];
            _next = new SortedChange[changes.Length];
        }

        for (int i = 0; i < changes.Length; i++)
        {
            _current[i] = new SortedChange(StatePath.Prefix(changes[i].Path), i);
        }

        if (changes.Length <= ComparedMax)
        {
            _current.AsSpan(0, changes.Length).Sort(static (left, right) => left.Prefix.CompareTo(right.Prefix));
        }
        else
        {
            for (int digit = 0; digit < DigitCount; digit++)
            {
                SortDigit(
                    _current.AsSpan(0, changes.Length),
                    _next.AsSpan(0, changes.Length),
                    UnsortedBits + (digit * DigitBits));
                (_current, _next) = (_next, _current);
            }
        }

        Span<SortedChange> sorted = _current.AsSpan(0, changes.Length);
        SortRuns(sorted, changes);
        return sorted;
    }

    /// <summary>Drops the buffers, so that their memory can be collected.</summary>
    public void Trim() => _current = _next = [];

    private void SortDigit(ReadOnlySpan<SortedChange> source, Span<SortedChange> target, int shift)
    {
        const int Mask = (1 << DigitBits) - 1;
        Span<int> positions = _positions;
        positions.Clear();
        foreach (SortedChange change in source)
        {
            positions[(int)((change.Prefix >> shift) & Mask)]++;
        }

        int next = 0;
        foreach (ref int position in positions)
        {
            (position, next) = (next, next + position);
        }

        foreach (SortedChange change in source)
        {
            target[positions[(int)((change.Prefix >> shift) & Mask)]++] = change;
        }
    }

    /// <summary>Orders each run that agrees in its sorted bits.</summary>
    private static void SortRuns(Span<SortedChange> sorted, ReadOnlySpan<TreeChange> changes)
    {
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            ulong key = sorted[start].Prefix >> UnsortedBits;
            end = start + 1;
            while (end < sorted.Length && sorted[end].Prefix >> UnsortedBits == key)
            {
                end++;
            }

            if (end - start > 1)
            {
                SortRun(sorted[start..end], changes);
            }
        }
    }

    private static void SortRun(Span<SortedChange> run, ReadOnlySpan<TreeChange> changes)
    {
        var paths = new Digest[run.Length];
        for (int i = 0; i < run.Length; i++)
        {
            paths[i] = changes[run[i].Index].Path;
        }

        MemoryExtensions.Sort(paths.AsSpan(), run);
        for (int i = 1; i < paths.Length; i++)
        {
            if (paths[i] == paths[i - 1])
            {
                throw new ArgumentException($"The key at {paths[i]} changes more than once.", nameof(changes));
            }
        }
    }
}
