using Consortium.Ledger.Amounts;
using Consortium.Ledger.Ids;

namespace Consortium.Ledger.Transactions;

/// <summary>Moves newly issued units from the asset's issuance account; signed by the issuer's authority (SPEC.md section 3.4).</summary>
/// <param name="Asset">The asset.</param>
/// <param name="To">The account that receives.</param>
/// <param name="Amount">Smallest units; not zero.</param>
public sealed record Issue(AssetId Asset, AccountId To, Amount Amount) : TransactionBody
{
    /// <inheritdoc/>
    public override TransactionKind Kind => TransactionKind.Issue;
}
