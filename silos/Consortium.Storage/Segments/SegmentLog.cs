using System.Runtime.CompilerServices;
using Consortium.Consensus.Ports;
using Consortium.Ledger;

namespace Consortium.Storage.Segments;

/// <summary>Records without gaps in segments that any number of processes share, of which one writes each position.</summary>
/// <remarks>Safe for any number of callers. One that failed to append must look at the head before it appends again.</remarks>
internal sealed class SegmentLog
{
    private readonly SegmentChain _chain;
    private readonly SegmentAppender _appender;
    private readonly ulong _firstPosition;

    /// <summary>Makes a log; nothing is read or written yet.</summary>
    /// <param name="store">The store of the log's segments.</param>
    /// <param name="options">Prefix and bounds of the segments.</param>
    /// <param name="firstPosition">Position of the log's first record.</param>
    /// <exception cref="ArgumentException">The store could not serve these settings.</exception>
    public SegmentLog(ISegmentStore store, SegmentLogOptions options, ulong firstPosition)
    {
        options.Check(store.Limits);
        _chain = new SegmentChain(store, options.Prefix, firstPosition);
        _appender = new SegmentAppender(store, _chain, options);
        _firstPosition = firstPosition;
    }

    /// <summary>Position after the last record that this process has seen; storage may have more.</summary>
    public ulong KnownNext => _chain.Tail?.NextPosition ?? _firstPosition;

    /// <summary>Looks at storage for the end of the log.</summary>
    /// <returns>One past the last record.</returns>
    public async ValueTask<ulong> ReadNextAsync(CancellationToken cancellationToken) =>
        (await _chain.RefreshAsync(cancellationToken))?.NextPosition ?? _firstPosition;

    /// <inheritdoc cref="IJournal.AppendAsync"/>
    public Task AppendAsync(LogRecord record, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Invariant.Holds(record.Kind != SegmentFormat.CloseKind);
        return _appender.AppendAsync(record).WaitAsync(cancellationToken);
    }

    /// <inheritdoc cref="IJournal.ReadAsync"/>
    public async IAsyncEnumerable<LogRecord> ReadAsync(ulong from, ulong to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Records below the known end stay where they are; only those past it need another look at storage.
        var end = to < KnownNext ? to + 1 : await ReadNextAsync(cancellationToken);
        end = to < end ? to + 1 : end;
        for (var next = Math.Max(from, _firstPosition); next < end;)
        {
            var segment = await _chain.FindAsync(next, cancellationToken);
            await foreach (var record in _chain.ReadAsync(segment, next, cancellationToken))
            {
                if (record.Position >= end)
                {
                    yield break;
                }

                next++;
                yield return record;
            }

            if (next != segment.NextPosition)
            {
                throw SegmentReader.Damaged(segment.Name, segment.ValidLength, $"it ends before position {next}, which it should have");
            }
        }
    }
}
