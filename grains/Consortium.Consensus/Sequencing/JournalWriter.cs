using Consortium.Consensus.Ports;
using Microsoft.Extensions.Logging;

namespace Consortium.Consensus.Sequencing;

/// <summary>Appends entries to the journal; when storage does not say whether an entry was written, reads the journal to find out.</summary>
internal sealed partial class JournalWriter(IJournal journal, TimeSpan retry, TimeProvider timeProvider, ILogger logger)
{
    /// <summary>Appends one entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellationToken">Stops waiting; whether the entry was written is then unknown.</param>
    /// <returns>Whether the entry is in the journal; if not, it never will be.</returns>
    /// <exception cref="JournalConflictException">Another writer wrote at the position.</exception>
    public async Task<bool> TryAppendAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        using var step = ConsensusInstruments.Start("append", timeProvider);
        step.Activity?.SetTag("consortium.journal.position", (long)entry.Position).SetTag("consortium.journal.bytes", entry.Bytes.Length);
        var isUnsettled = false;
        while (true)
        {
            try
            {
                var began = timeProvider.GetTimestamp();

                // From here the entry cannot be taken back: this append is where a transaction is committed.
                await journal.AppendAsync(entry, cancellationToken);
                ConsensusInstruments.AppendSeconds.Record(timeProvider.GetElapsedTime(began).TotalSeconds);
                return Written(entry);
            }
            catch (JournalConflictException)
            {
                // By this writer, if an append before was not lost but late; else the look throws the conflict again.
                return await WasWrittenAsync(entry, cancellationToken) && Written(entry);
            }
            catch (StorageException exception)
            {
                LogAppendFailed(exception, entry.Position);
                if (await WasWrittenAsync(entry, cancellationToken))
                {
                    return Written(entry);
                }

                // A later append that certainly failed says nothing of one before it that may still happen.
                isUnsettled |= exception.IsUnknown;
                if (!isUnsettled)
                {
                    return false;
                }
            }

            // An append that may still happen must not be followed by another entry's: the position has to be settled first.
            await Task.Delay(retry, timeProvider, cancellationToken);
        }
    }

    private static bool Written(JournalEntry entry)
    {
        ConsensusInstruments.JournalBytes.Add(entry.Bytes.Length);
        return true;
    }

    private async Task<bool> WasWrittenAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var head = await journal.ReadHeadAsync(cancellationToken);
                if (head is null || head < entry.Position)
                {
                    return false;
                }

                await foreach (var written in journal.ReadAsync(entry.Position, entry.Position, cancellationToken))
                {
                    if (written.Kind == entry.Kind && written.Bytes.Span.SequenceEqual(entry.Bytes.Span))
                    {
                        return true;
                    }
                }

                ConsensusInstruments.JournalConflicts.Add(1);
                throw new JournalConflictException(entry.Position);
            }
            catch (StorageException exception)
            {
                LogJournalUnreadable(exception);
                await Task.Delay(retry, timeProvider, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Journal position {Position} may not have been written; looking.")]
    private partial void LogAppendFailed(Exception exception, ulong position);

    [LoggerMessage(Level = LogLevel.Error, Message = "The journal cannot be read; trying again.")]
    private partial void LogJournalUnreadable(Exception exception);
}
