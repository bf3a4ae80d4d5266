using Consortium.Ledger;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Consensus.Sequencing;

/// <summary>The sequencer's answer for one transaction: its place and outcome, or a refusal.</summary>
/// <param name="Id">The transaction.</param>
/// <param name="Refused">The refusal, or <see langword="null"/> when the transaction was ordered.</param>
/// <param name="Position">Journal position of the batch that holds the transaction.</param>
/// <param name="Index">Place in the batch.</param>
/// <param name="Duplicate">Whether the transaction was ordered before; position, index, time and outcome are then those of the first time.</param>
/// <param name="TimeMs">Time of the batch; 0 without an outcome.</param>
/// <param name="Outcome">The recorded outcome; <see langword="null"/> when refused, or when only the journal still has it.</param>
public readonly record struct OrderResult(
    TransactionId Id,
    Refused? Refused,
    ulong Position,
    int Index,
    bool Duplicate,
    ulong TimeMs,
    Wire.Outcome? Outcome)
{
    /// <summary>The answer for a transaction that was not ordered.</summary>
    /// <param name="id">The transaction.</param>
    /// <param name="refused">The refusal.</param>
    /// <returns>The answer.</returns>
    public static OrderResult Refuse(TransactionId id, Refused refused) => new(id, refused, 0, 0, Duplicate: false, 0, Outcome: null);

    /// <summary>The receipt.</summary>
    /// <returns>The leaf of the block's receipts tree, or <see langword="null"/> without an outcome.</returns>
    public Wire.Receipt? ToReceipt() => Outcome is null ? null : ExecutedTransaction.Receipt(Id, TimeMs, Outcome);
}
