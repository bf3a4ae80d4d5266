using Consortium.Ledger;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Consensus.Sequencing;

/// <summary>What the sequencer answers for one transaction.</summary>
/// <param name="Id">The transaction.</param>
/// <param name="Refused">Why it was not ordered, or <see langword="null"/>.</param>
/// <param name="Position">Journal position of the batch it stands in.</param>
/// <param name="Index">Place in the batch.</param>
/// <param name="Duplicate">It was ordered before; position, index, time and outcome are those of the first time.</param>
/// <param name="TimeMs">Time of the batch; 0 without an outcome.</param>
/// <param name="Outcome">What became of it; <see langword="null"/> when it was refused, or was ordered so long ago that only the journal knows.</param>
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
    /// <param name="refused">Why.</param>
    /// <returns>The answer.</returns>
    public static OrderResult Refuse(TransactionId id, Refused refused) => new(id, refused, 0, 0, Duplicate: false, 0, Outcome: null);

    /// <summary>The receipt.</summary>
    /// <returns>The leaf of the block's receipts tree, or <see langword="null"/> without an outcome.</returns>
    public Wire.Receipt? ToReceipt() => Outcome is null ? null : ExecutedTransaction.Receipt(Id, TimeMs, Outcome);
}
