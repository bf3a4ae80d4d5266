using Consortium.Ledger.Ids;
using Consortium.Ledger.Wire;

namespace Consortium.Node;

/// <summary>A transaction as the journal has it.</summary>
/// <param name="Id">The transaction.</param>
/// <param name="SignedBytes">The encoded signed transaction, as it came.</param>
/// <param name="Receipt">What became of it, and where it stands.</param>
public sealed record RecordedTransaction(TransactionId Id, ReadOnlyMemory<byte> SignedBytes, Receipt Receipt);
