namespace Consortium.Consensus.Ports;

/// <summary>The append-only sequence of batches and sealed headers: it is the ledger, all else is derived.</summary>
/// <remarks>
/// Lifecycle: read the head; read entries to recover; append. Two writers may hold the same journal: the position check
/// of <see cref="AppendAsync"/> lets one of them write. Safe for one appender and any number of readers at a time.
/// </remarks>
public interface IJournal
{
    /// <summary>Finds the position of the last entry.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The position, or <see langword="null"/> when the journal is empty.</returns>
    /// <exception cref="StorageException">The journal cannot be read.</exception>
    ValueTask<ulong?> ReadHeadAsync(CancellationToken cancellationToken);

    /// <summary>Writes one entry; it is durable when the task completes.</summary>
    /// <param name="entry">The entry; its position must be one past the head.</param>
    /// <param name="cancellationToken">Stops waiting; whether the entry was written is then unknown.</param>
    /// <returns>A task that completes when the entry is durable.</returns>
    /// <exception cref="JournalConflictException">Another writer wrote at that position; the caller must stop.</exception>
    /// <exception cref="StorageException">Nothing was written, or it is unknown whether it was.</exception>
    ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken);

    /// <summary>Reads entries in order.</summary>
    /// <param name="fromPosition">The first position.</param>
    /// <param name="toPosition">The last position, inclusive; past the head stops at the head as it was when reading began.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The entries without gaps.</returns>
    /// <exception cref="StorageException">The journal cannot be read or an entry is damaged.</exception>
    IAsyncEnumerable<JournalEntry> ReadAsync(ulong fromPosition, ulong toPosition, CancellationToken cancellationToken);
}
