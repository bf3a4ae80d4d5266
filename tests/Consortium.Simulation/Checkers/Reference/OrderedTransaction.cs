using Consortium.Ledger.Ids;

namespace Consortium.Simulation.Checkers.Reference;

/// <summary>A transaction that stands in the journal.</summary>
/// <param name="Id">The transaction.</param>
/// <param name="Position">Journal position of its batch.</param>
/// <param name="Index">Place in the batch.</param>
/// <param name="TimeMs">Batch time.</param>
/// <param name="ValidUntilMs">Until when it might have been ordered, exclusive.</param>
/// <param name="Accepted">Whether it happened; otherwise it was rejected.</param>
internal readonly record struct OrderedTransaction(
    TransactionId Id,
    ulong Position,
    int Index,
    ulong TimeMs,
    ulong ValidUntilMs,
    bool Accepted);
