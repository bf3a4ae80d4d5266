using Consortium.Ledger.Assets;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Ledger.Transactions;

/// <summary>The rules of retiring (SPEC.md section 3.5).</summary>
internal sealed class RetireRules : KindRules<Retire>
{
    public override TransactionKind Kind => TransactionKind.Retire;

    public override string Name => "retire";

    internal override TransactionBody? Read(Wire.Payload payload, WireForm form) => payload.Retire is not { } wire
        ? null
        : new Retire(
            new AssetId(form.Digest(wire.Asset, "retire.asset")),
            new AccountId(form.Digest(wire.From, "retire.from")),
            form.Amount(wire.Amount, "retire.amount"));

    protected override void Write(Retire body, Wire.Payload payload) => payload.Retire = new Wire.Retire
    {
        Asset = WireForm.From(body.Asset.Digest),
        From = WireForm.From(body.From.Digest),
        Amount = WireForm.From(body.Amount),
    };

    protected override void DeclareReads(Retire body, ICollection<StateKey> reads)
    {
        var issuance = Derive.IssuanceAccount(body.Asset);
        reads.Add(StateKey.Asset(body.Asset));
        reads.Add(StateKey.Account(issuance));
        reads.Add(StateKey.Account(body.From));
        reads.Add(StateKey.Holding(issuance, Instrument.Full(body.Asset)));
        reads.Add(StateKey.Holding(body.From, Instrument.Full(body.Asset)));
    }

    protected override void Execute(Retire body, RuleContext context)
    {
        var asset = context.RequireAsset(body.Asset, "asset");
        var from = context.RequireAccount(body.From, "from");
        if (from is { IsIssuanceAccount: true })
        {
            context.RejectIssuanceAccount(from, "from");
        }

        if (from is not null)
        {
            context.RequireSigned(from, "from");
            context.RequireNotFrozen(from, "from");
        }

        if (asset is not null && context.RequireAccount(asset.Definition.Issuer, "asset.issuer") is { } issuer)
        {
            context.RequireSigned(issuer, "asset.issuer");
        }

        var posting = new Posting(context);
        if (asset is not null && from is not null && context.RequireAccount(asset.IssuanceAccount, "asset") is { } issuance)
        {
            posting.Add(from, Instrument.Full(body.Asset), -(Int128)body.Amount.Units);
            posting.Add(issuance, Instrument.Full(body.Asset), (Int128)body.Amount.Units);
            posting.RequireCovered("amount");
        }

        if (context.Rejected)
        {
            return;
        }

        // From here the transaction must succeed.
        posting.Apply();
    }
}
