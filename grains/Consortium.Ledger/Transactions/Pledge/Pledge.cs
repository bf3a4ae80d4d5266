using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;

namespace Consortium.Ledger.Transactions;

/// <summary>Sets an amount aside for one deal until a time; signed by the account's authority (SPEC.md section 3.7).</summary>
/// <param name="Account">The account.</param>
/// <param name="Instrument">The instrument to set aside.</param>
/// <param name="Amount">Smallest units; not zero.</param>
/// <param name="Deal">The deal's transaction, whose id is known before it is signed.</param>
/// <param name="Beneficiary">The account that may release it.</param>
/// <param name="UntilMs">UTC milliseconds, exclusive.</param>
public sealed record Pledge(
    AccountId Account,
    Instrument Instrument,
    Amount Amount,
    TransactionId Deal,
    AccountId Beneficiary,
    ulong UntilMs) : TransactionBody
{
    /// <inheritdoc/>
    public override TransactionKind Kind => TransactionKind.Pledge;
}
