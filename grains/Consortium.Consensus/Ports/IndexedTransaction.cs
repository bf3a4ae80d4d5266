using Consortium.Ledger.Ids;

namespace Consortium.Consensus.Ports;

/// <summary>The place of a transaction in the journal.</summary>
/// <param name="Id">The transaction.</param>
/// <param name="Position">Journal position of its batch.</param>
/// <param name="Index">Place in the batch.</param>
public readonly record struct IndexedTransaction(TransactionId Id, ulong Position, int Index);
