using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;

namespace Consortium.Simulation.Workloads;

/// <summary>An asset as clients believe it to be.</summary>
/// <param name="body">The transaction that registers the asset.</param>
/// <param name="issuer">Its issuer's account.</param>
/// <param name="issuanceKeys">The issuer's keys of the moment of registration, which the issuance account keeps.</param>
internal sealed class ClientAsset(RegisterAsset body, ClientAccount issuer, int[] issuanceKeys)
{
    public AssetId Id { get; } = body.AssetId;

    public RegisterAsset Body => body;

    public ClientAccount Issuer => issuer;

    public int[] IssuanceKeys => issuanceKeys;

    public AccountId IssuanceAccount { get; } = Derive.IssuanceAccount(body.AssetId);

    public Instrument Full { get; } = Instrument.Full(body.AssetId);

    public bool IsMoney { get; } = body.Definition.Currency.Length > 0;

    public Int128 Authorised { get; } = (Int128)body.Definition.Authorised.Units;

    /// <summary>Units issued and not retired, those of transactions under way included.</summary>
    public Int128 Outstanding { get; set; }

    /// <summary>Place among the model's assets; -1 before it is registered.</summary>
    public int Index { get; set; } = -1;
}
