using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;

namespace Consortium.Ledger.Transactions;

/// <summary>Gives a pledged amount back before its time; signed by the beneficiary's authority (SPEC.md section 3.8).</summary>
/// <param name="Account">The account whose holding carries the pledge.</param>
/// <param name="Instrument">The instrument that was pledged.</param>
/// <param name="Deal">The deal it was set aside for.</param>
public sealed record Release(AccountId Account, Instrument Instrument, TransactionId Deal) : TransactionBody
{
    /// <inheritdoc/>
    public override TransactionKind Kind => TransactionKind.Release;
}
