using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Verification;

namespace Consortium.Consensus.Exporting;

/// <summary>Writes the content of a journal as an export (SPEC.md section 7).</summary>
/// <remarks>
/// A journal may hold batches of the next block before a block's seal; an export never does. Batches that no seal covers,
/// and entries that are neither genesis, batch nor seal, are left out.
/// </remarks>
public static class JournalExport
{
    /// <summary>Writes the chain up to a sealed block.</summary>
    /// <param name="journal">The journal; nothing is appended to it.</param>
    /// <param name="lastPosition">The last entry to read, inclusive.</param>
    /// <param name="toHeight">The last block, inclusive; fewer are written when fewer are sealed by then.</param>
    /// <param name="destination">The stream to write to; stays open and is not flushed.</param>
    /// <param name="cancellationToken">Stops writing, which leaves the export unfinished.</param>
    /// <returns>A task that completes when all is written.</returns>
    /// <exception cref="StorageException">The journal cannot be read or an entry is damaged.</exception>
    public static async Task WriteAsync(
        IJournal journal,
        ulong lastPosition,
        ulong toHeight,
        Stream destination,
        CancellationToken cancellationToken)
    {
        using var export = new ExportWriter(destination);
        var waiting = new Queue<JournalEntry>();
        await export.BeginAsync(cancellationToken);
        await foreach (var entry in journal.ReadAsync(0, lastPosition, cancellationToken))
        {
            if (entry.Kind == JournalEntryKind.Genesis)
            {
                await export.WriteAsync(ExportRecordKind.Genesis, entry.Bytes, cancellationToken);
            }
            else if (entry.Kind == JournalEntryKind.Batch)
            {
                waiting.Enqueue(entry);
            }
            else if (entry.Kind == JournalEntryKind.Seal)
            {
                var isSeal = BlockSeal.TryRead(entry.Bytes.Span, out var seal);
                Invariant.Holds(isSeal && seal is not null);
                if (seal.Header.Height > toHeight)
                {
                    break;
                }

                while (waiting.TryPeek(out var batch) && batch.Position <= seal.Header.LastPosition)
                {
                    await export.WriteAsync(ExportRecordKind.Batch, waiting.Dequeue().Bytes, cancellationToken);
                }

                await export.WriteAsync(ExportRecordKind.Seal, entry.Bytes, cancellationToken);
            }
        }

        await export.EndAsync(cancellationToken);
    }
}
