using Consortium.Ledger.Amounts;
using Consortium.Ledger.Ids;

namespace Consortium.Ledger.Transactions;

/// <summary>Moves units back to the asset's issuance account; signed by the holder's and the issuer's authorities (SPEC.md section 3.5).</summary>
/// <param name="Asset">The asset.</param>
/// <param name="From">The account that gives.</param>
/// <param name="Amount">Smallest units; not zero.</param>
public sealed record Retire(AssetId Asset, AccountId From, Amount Amount) : TransactionBody
{
    /// <inheritdoc/>
    public override TransactionKind Kind => TransactionKind.Retire;
}
