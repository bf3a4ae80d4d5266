using Consortium.Ledger.Ids;

namespace Consortium.Simulation.Checkers.Reference;

/// <summary>A transaction in the journal.</summary>
/// <param name="Id">The transaction.</param>
/// <param name="Position">Journal position of its batch.</param>
/// <param name="Index">Place in the batch.</param>
/// <param name="TimeMs">Batch time.</param>
/// <param name="ValidUntilMs">End of the transaction's validity, UTC milliseconds, exclusive.</param>
/// <param name="Accepted">Whether the transaction was accepted; otherwise it was rejected.</param>
internal readonly record struct OrderedTransaction(
    TransactionId Id,
    ulong Position,
    int Index,
    ulong TimeMs,
    ulong ValidUntilMs,
    bool Accepted);
