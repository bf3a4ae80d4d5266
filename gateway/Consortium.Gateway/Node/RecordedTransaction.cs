using Consortium.Ledger.Ids;
using Consortium.Ledger.Wire;

namespace Consortium.Gateway.Node;

/// <summary>A transaction as the journal has it.</summary>
/// <param name="Id">The transaction.</param>
/// <param name="Position">Journal position of its batch.</param>
/// <param name="Index">Place in the batch, from 0.</param>
/// <param name="SignedBytes">The encoded signed transaction, as it came.</param>
/// <param name="Receipt">What became of it.</param>
public sealed record RecordedTransaction(TransactionId Id, ulong Position, int Index, ReadOnlyMemory<byte> SignedBytes, Receipt Receipt)
    : RecordedReceipt(Id, Position, Index, Receipt);
