using Consortium.Consensus.Ports;

namespace Consortium.Storage.Importing;

/// <summary>A journal in which no activation begins while an import has not finished.</summary>
/// <remarks>
/// A sequencer appends its activation only after it saw the genesis, and an import sets its mark before it writes the genesis: so an
/// activation that could land in the middle of an import sees the mark.
/// </remarks>
/// <param name="journal">The journal.</param>
/// <param name="mark">Says whether an import has not finished.</param>
public sealed class GuardedJournal(IJournal journal, ImportMark mark) : IJournal
{
    /// <inheritdoc/>
    public ValueTask<ulong?> ReadHeadAsync(CancellationToken cancellationToken) => journal.ReadHeadAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken) => entry.Kind == JournalEntryKind.Activation
        ? ActivateAsync(entry, cancellationToken)
        : journal.AppendAsync(entry, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalEntry> ReadAsync(ulong fromPosition, ulong toPosition, CancellationToken cancellationToken) =>
        journal.ReadAsync(fromPosition, toPosition, cancellationToken);

    private async ValueTask ActivateAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        if (await mark.IsSetAsync(cancellationToken))
        {
            throw new StorageException(
                "Nothing is ordered yet: an import into the storage has not finished. It goes on when the silo whose data folder has 'import.bin' is started; ordering then begins by itself.");
        }

        await journal.AppendAsync(entry, cancellationToken);
    }
}
