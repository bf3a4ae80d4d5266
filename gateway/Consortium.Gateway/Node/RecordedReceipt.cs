using Consortium.Ledger.Ids;
using Consortium.Ledger.Wire;

namespace Consortium.Gateway.Node;

/// <summary>The receipt of an ordered transaction with its place in the journal.</summary>
/// <param name="Id">The transaction.</param>
/// <param name="Position">Journal position of its batch.</param>
/// <param name="Index">Place in the batch, from 0.</param>
/// <param name="Receipt">Batch time and outcome.</param>
public record RecordedReceipt(TransactionId Id, ulong Position, int Index, Receipt Receipt);
