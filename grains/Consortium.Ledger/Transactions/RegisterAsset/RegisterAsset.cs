using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;

namespace Consortium.Ledger.Transactions;

/// <summary>Registers an asset and opens its issuance account; signed by the issuer's authority (SPEC.md section 3.3).</summary>
/// <param name="Definition">The definition, to which the asset's id commits.</param>
public sealed record RegisterAsset(AssetDefinition Definition) : TransactionBody
{
    /// <inheritdoc/>
    public override TransactionKind Kind => TransactionKind.RegisterAsset;

    /// <summary>The asset that this registers.</summary>
    public AssetId AssetId => Derive.Asset(RegisterAssetRules.ToWire(Definition).ToByteArrayCanonical());
}
