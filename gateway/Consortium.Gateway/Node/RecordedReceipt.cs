using Consortium.Ledger.Ids;
using Consortium.Ledger.Wire;

namespace Consortium.Gateway.Node;

/// <summary>What became of a transaction, and where it stands.</summary>
/// <param name="Id">The transaction.</param>
/// <param name="Position">Journal position of its batch.</param>
/// <param name="Index">Place in the batch, from 0.</param>
/// <param name="Receipt">What became of it.</param>
public record RecordedReceipt(TransactionId Id, ulong Position, int Index, Receipt Receipt);
