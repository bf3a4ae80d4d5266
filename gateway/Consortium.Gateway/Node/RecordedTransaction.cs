using Consortium.Ledger.Ids;
using Consortium.Ledger.Wire;

namespace Consortium.Gateway.Node;

/// <summary>An ordered transaction with its bytes, its receipt and its place in the journal.</summary>
/// <param name="Id">The transaction.</param>
/// <param name="Position">Journal position of its batch.</param>
/// <param name="Index">Place in the batch, from 0.</param>
/// <param name="SignedBytes">The encoded signed transaction, as it came.</param>
/// <param name="Receipt">Batch time and outcome.</param>
public sealed record RecordedTransaction(TransactionId Id, ulong Position, int Index, ReadOnlyMemory<byte> SignedBytes, Receipt Receipt)
    : RecordedReceipt(Id, Position, Index, Receipt);
