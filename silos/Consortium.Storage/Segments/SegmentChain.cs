using System.Diagnostics.CodeAnalysis;
using Consortium.Consensus.Ports;

namespace Consortium.Storage.Segments;

/// <summary>The segments of a log, as far as this process knows them.</summary>
/// <remarks>
/// What is known only grows: a segment that is closed stays as it is, and the last may get more records or be closed. Safe for
/// any number of callers.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore has no handle: nothing waits on one.")]
internal sealed class SegmentChain(ISegmentStore store, string prefix, ulong firstPosition)
{
    private readonly SegmentReader _reader = new(store);
    private readonly SemaphoreSlim _refreshing = new(1);
    private readonly Lock _lock = new();
    private readonly List<SegmentView> _segments = [];

    /// <summary>The last segment known, or null before the first look and while there is none.</summary>
    public SegmentView? Tail
    {
        get
        {
            lock (_lock)
            {
                return _segments.Count == 0 ? null : _segments[^1];
            }
        }
    }

    /// <summary>Reads from storage what was written to the log since the last look.</summary>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>The last segment, or null when there is none.</returns>
    /// <exception cref="StorageException">Storage cannot be read or is damaged.</exception>
    public async ValueTask<SegmentView?> RefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            var tail = Tail ?? await ListAsync(cancellationToken);
            while (tail is not null)
            {
                // Usually one segment must be looked at, not all of them; a closed segment names the next one.
                if (!tail.IsClosed)
                {
                    var length = await LengthAsync(tail.Name, cancellationToken)
                        ?? throw SegmentReader.Damaged(tail.Name, 0, "it is gone");
                    tail = await _reader.LookAsync(tail, length, cancellationToken);
                    Publish(tail);
                }

                if (!tail.IsClosed)
                {
                    break;
                }

                var next = After(tail);
                if (await LengthAsync(next.Name, cancellationToken) is not { } found)
                {
                    break;
                }

                tail = await _reader.LookAsync(next, found, cancellationToken);
                Publish(tail);
            }

            return Tail;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <summary>Stores a new view of a segment, for all callers.</summary>
    /// <param name="view">A known segment, or the one after the last.</param>
    public void Publish(SegmentView view)
    {
        lock (_lock)
        {
            var index = (int)view.Sequence;
            if (index == _segments.Count)
            {
                _segments.Add(view);
            }
            else if (!_segments[index].IsClosed && view.ValidLength >= _segments[index].ValidLength)
            {
                _segments[index] = view;
            }
        }
    }

    /// <summary>Finds the segment that a record is in.</summary>
    /// <param name="position">The record; not before the log's first.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The segment.</returns>
    /// <exception cref="StorageException">It cannot be read or is damaged.</exception>
    public async ValueTask<SegmentView> FindAsync(ulong position, CancellationToken cancellationToken)
    {
        SegmentView found;
        bool isLast;
        lock (_lock)
        {
            var (low, high) = (0, _segments.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = _segments[middle].FirstPosition <= position ? (middle + 1, high) : (low, middle);
            }

            found = _segments[low - 1];
            isLast = low == _segments.Count;
        }

        if (!isLast && !found.IsClosed)
        {
            found = await _reader.LoadClosedAsync(found, cancellationToken);
            Publish(found);
        }

        return found;
    }

    /// <summary>Reads the records of a segment from one on.</summary>
    public IAsyncEnumerable<LogRecord> ReadAsync(SegmentView view, ulong from, CancellationToken cancellationToken) =>
        _reader.ReadAsync(view, from, cancellationToken);

    /// <summary>The segment that follows a closed one, or the log's first.</summary>
    public SegmentView After(SegmentView? view) =>
        SegmentView.Empty(prefix, view is null ? 0 : view.Sequence + 1, view is null ? firstPosition : view.NextPosition);

    private async ValueTask<SegmentView?> ListAsync(CancellationToken cancellationToken)
    {
        var found = new List<SegmentView>();
        foreach (var info in await store.ListAsync(prefix, cancellationToken))
        {
            if (SegmentView.FromName(prefix, info.Name) is not { } view)
            {
                continue;
            }

            var inOrder = view.Sequence == found.Count
                && (found.Count == 0 ? view.FirstPosition == firstPosition : view.FirstPosition >= found[^1].FirstPosition);
            if (!inOrder)
            {
                throw SegmentReader.Damaged(info.Name, 0, $"segment {found.Count} of '{prefix}' should stand there");
            }

            found.Add(view with { Length = info.Length });
        }

        lock (_lock)
        {
            _segments.AddRange(found);
        }

        return found.Count == 0 ? null : found[^1];
    }

    private async ValueTask<long?> LengthAsync(string name, CancellationToken cancellationToken)
    {
        foreach (var info in await store.ListAsync(name, cancellationToken))
        {
            if (info.Name == name)
            {
                return info.Length;
            }
        }

        return null;
    }
}
