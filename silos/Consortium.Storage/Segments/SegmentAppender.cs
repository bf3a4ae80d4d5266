using Consortium.Consensus.Ports;
using Consortium.Ledger;

namespace Consortium.Storage.Segments;

/// <summary>Appends the records of one process to a log, several per append when they queue.</summary>
/// <remarks>
/// <para>
/// A record of position p is appended at the offset where this process saw the record p - 1 end, on condition that the segment still ends
/// there: so of all processes one writes each position, and each writer knows all that stands before what it writes.
/// </para>
/// <para>
/// A segment is closed by a last append on the same condition, and only then is the next one created, under a name that follows from
/// it. A writer that thinks the old segment open finds it longer than it thought. A writer that finds a closed segment without a next one
/// creates that; one that finds the remains of an unfinished append closes the segment after them.
/// </para>
/// </remarks>
internal sealed class SegmentAppender(ISegmentStore store, SegmentChain chain, SegmentLogOptions options)
{
    private readonly Lock _lock = new();
    private readonly Queue<(LogRecord Record, TaskCompletionSource Done)> _queue = new();
    private bool _draining;

    // Whether what the chain knows of the last segment is what this process left there, as far as it knows.
    private bool _trusted;

    /// <summary>Appends a record.</summary>
    /// <param name="record">The record; its bytes must stay as they are until the task completes.</param>
    /// <returns>A task that completes when it is durable, or fails as <see cref="IJournal.AppendAsync"/> does.</returns>
    public Task AppendAsync(LogRecord record)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _queue.Enqueue((record, done));
            if (_draining)
            {
                return done.Task;
            }

            _draining = true;
        }

        _ = Task.Run(DrainAsync, CancellationToken.None);
        return done.Task;
    }

    private async Task DrainAsync()
    {
        var group = new List<(LogRecord Record, TaskCompletionSource Done)>();
        while (TakeGroup(group))
        {
            try
            {
                await AppendGroupAsync([.. group.Select(item => item.Record)]);
                group.ForEach(item => item.Done.SetResult());
            }
#pragma warning disable CA1031 // Whatever went wrong is told to everyone who waits for it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _trusted = false;
                Fail(group, exception);
            }
        }
    }

    // Queued records are appended together, as many as one append can hold; a larger record goes alone, in several appends.
    private bool TakeGroup(List<(LogRecord Record, TaskCompletionSource Done)> group)
    {
        group.Clear();
        lock (_lock)
        {
            long size = 0;
            while (_queue.TryPeek(out var next)
                && (group.Count == 0
                    || (next.Record.Position == group[^1].Record.Position + 1
                        && size + SegmentFormat.SizeOf(next.Record) <= store.Limits.AppendBytes)))
            {
                group.Add(_queue.Dequeue());
                size += SegmentFormat.SizeOf(next.Record);
            }

            _draining = group.Count > 0;
            return _draining;
        }
    }

    // All queued records were to follow the failed group, so none of them can be written any more. The queue is emptied before any
    // caller is told: a record that a caller queues in answer is not mistaken for one of them.
    private void Fail(List<(LogRecord Record, TaskCompletionSource Done)> group, Exception exception)
    {
        var last = group[^1].Record.Position;
        var followers = new List<(LogRecord Record, TaskCompletionSource Done)>();
        lock (_lock)
        {
            while (_queue.TryPeek(out var next) && next.Record.Position > last)
            {
                followers.Add(_queue.Dequeue());
            }
        }

        var conflict = exception is JournalConflictException;
        foreach (var (record, done) in group)
        {
            done.SetException(conflict ? new JournalConflictException(record.Position) : exception);
        }

        foreach (var (record, done) in followers)
        {
            done.SetException(conflict
                ? new JournalConflictException(record.Position)
                : new StorageException($"Position {record.Position} was not written, because {last} before it may not have been.", exception));
        }
    }

    private async Task AppendGroupAsync(List<LogRecord> group)
    {
        SegmentView? refused = null;
        while (true)
        {
            var tail = _trusted ? chain.Tail : await chain.RefreshAsync(CancellationToken.None);
            if (refused is not null && tail == refused)
            {
                throw new StorageException(
                    $"Whether position {group[0].Position} was written is not known: storage says that segment '{tail.Name}' does not end at byte {tail.Length}, and that it does.")
                {
                    IsUnknown = true,
                };
            }

            var next = tail?.NextPosition ?? chain.After(null).FirstPosition;
            if (group[0].Position < next)
            {
                throw new JournalConflictException(group[0].Position);
            }

            if (group[0].Position > next)
            {
                // Another process may have written what is missing here; if storage says not, the caller has left it out.
                var mayBeOutdated = _trusted;
                Invariant.Holds(mayBeOutdated);
                _trusted = false;
                continue;
            }

            try
            {
                _trusted = true;
                if (await TryPrepareAsync(tail, group) is { } ready)
                {
                    await WriteAsync(ready, group);
                    return;
                }
            }
            catch (SegmentConflictException)
            {
                (_trusted, refused) = (false, tail);
            }
        }
    }

    /// <summary>Takes one step towards a segment with room for the group: closes a full or torn one, creates the next, or writes a header.</summary>
    /// <returns>The segment if it is there already; else it is to be looked for again.</returns>
    private async Task<SegmentView?> TryPrepareAsync(SegmentView? tail, List<LogRecord> group)
    {
        if (tail is null || tail.IsClosed)
        {
            var next = chain.After(tail);
            await store.CreateAsync(next.Name, CancellationToken.None);

            // Another process may have created the segment first, and written to it.
            _trusted = false;
            return null;
        }

        if (tail.IsTorn || IsFull(tail, group))
        {
            var bytes = SegmentFormat.Closing(tail.NextPosition, tail.ValidLength, tail.Checkpoints, tail.Salt, tail.Length);
            await AppendAllAsync(tail.Name, tail.Length, bytes);
            var closing = new Closing(tail.Length, tail.NextPosition, tail.ValidLength, tail.Checkpoints);
            chain.Publish(tail.ClosedAs(closing, tail.Length + bytes.Length));
            return null;
        }

        if (tail.Length == 0)
        {
            await AppendAllAsync(tail.Name, 0, SegmentFormat.Header(tail.Sequence, tail.FirstPosition, out var salt));
            chain.Publish(tail with
            {
                IsLoaded = true,
                Salt = salt,
                Length = SegmentFormat.HeaderSize,
                ValidLength = SegmentFormat.HeaderSize,
                Appends = 1,
            });
            return null;
        }

        return tail;
    }

    private bool IsFull(SegmentView tail, List<LogRecord> group) =>
        tail.NextPosition > tail.FirstPosition
        && (tail.ValidLength + group.Sum(SegmentFormat.SizeOf) > options.RollBytes || tail.Appends >= options.RollAppends);

    private async Task WriteAsync(SegmentView tail, List<LogRecord> group)
    {
        var size = group.Sum(SegmentFormat.SizeOf);
        if (size > Math.Min(store.Limits.SegmentBytes / 2, Array.MaxLength) || AppendsOf(size) > store.Limits.Appends / 2)
        {
            throw new StorageException(
                $"Position {group[0].Position} was not written: its {size} bytes are more than a segment can hold. Put less into one record.");
        }

        var bytes = new byte[size];
        var after = tail;
        foreach (var record in group)
        {
            SegmentFormat.WriteRecord(record, tail.Salt, after.ValidLength, bytes.AsSpan((int)(after.ValidLength - tail.ValidLength)));
            after = after.With(record.Position, SegmentFormat.SizeOf(record), AppendsOf(SegmentFormat.SizeOf(record)));
        }

        await AppendAllAsync(tail.Name, tail.ValidLength, bytes);
        chain.Publish(after);
    }

    private long AppendsOf(long size) => ((size - 1) / store.Limits.AppendBytes) + 1;

    private async Task AppendAllAsync(string name, long offset, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(bytes.Length, store.Limits.AppendBytes)];
            await store.AppendAsync(name, offset, part, CancellationToken.None);
            offset += part.Length;
            bytes = bytes[part.Length..];
        }
    }
}
