using System.Runtime.CompilerServices;
using Consortium.Consensus.Ports;

namespace Consortium.Storage.Segments;

/// <summary>The journal in segments that several processes share.</summary>
/// <remarks>
/// <para>
/// Any process may append; the conditional append of <see cref="ISegmentStore"/> lets one write each position, and the others get a
/// <see cref="JournalConflictException"/>, also while segments are rolled.
/// </para>
/// <para>
/// Appends that are asked for in order while one is under way are written together. When they fail they fail together: after
/// a failure look at the head, then append what follows it.
/// </para>
/// </remarks>
public sealed class SegmentJournal : IJournal
{
    private readonly SegmentLog _log;

    /// <summary>Makes a journal; nothing is read or written yet.</summary>
    /// <param name="store">The store of the journal's segments.</param>
    /// <param name="options">Prefix and bounds of the segments.</param>
    /// <exception cref="ArgumentException">The store could not serve these settings.</exception>
    public SegmentJournal(ISegmentStore store, SegmentLogOptions options) => _log = new SegmentLog(store, options, firstPosition: 0);

    /// <inheritdoc/>
    public async ValueTask<ulong?> ReadHeadAsync(CancellationToken cancellationToken) =>
        await _log.ReadNextAsync(cancellationToken) is > 0 and var next ? next - 1 : null;

    /// <inheritdoc/>
    public async ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken) =>
        await _log.AppendAsync(new LogRecord(entry.Position, (byte)entry.Kind, entry.Bytes), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        ulong fromPosition,
        ulong toPosition,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var record in _log.ReadAsync(fromPosition, toPosition, cancellationToken))
        {
            yield return (JournalEntryKind)record.Kind is >= JournalEntryKind.Genesis and <= JournalEntryKind.Activation and var kind
                ? new JournalEntry(record.Position, kind, record.Bytes)
                : throw new StorageException(
                    $"Journal position {record.Position} has kind {record.Kind}, which this program does not know. A newer version of Consortium wrote it. Start that version.");
        }
    }
}
