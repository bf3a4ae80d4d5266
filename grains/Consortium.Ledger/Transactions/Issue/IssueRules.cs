using Consortium.Ledger.Assets;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Ledger.Transactions;

/// <summary>The rules of issuing (SPEC.md section 3.4).</summary>
internal sealed class IssueRules : KindRules<Issue>
{
    public override TransactionKind Kind => TransactionKind.Issue;

    public override string Name => "issue";

    internal override TransactionBody? Read(Wire.Payload payload, WireForm form) => payload.Issue is not { } wire
        ? null
        : new Issue(
            new AssetId(form.Digest(wire.Asset, "issue.asset")),
            new AccountId(form.Digest(wire.To, "issue.to")),
            form.Amount(wire.Amount, "issue.amount"));

    protected override void Write(Issue body, Wire.Payload payload) => payload.Issue = new Wire.Issue
    {
        Asset = WireForm.From(body.Asset.Digest),
        To = WireForm.From(body.To.Digest),
        Amount = WireForm.From(body.Amount),
    };

    protected override void DeclareReads(Issue body, ICollection<StateKey> reads)
    {
        var issuance = Derive.IssuanceAccount(body.Asset);
        reads.Add(StateKey.Asset(body.Asset));
        reads.Add(StateKey.Account(issuance));
        reads.Add(StateKey.Account(body.To));
        reads.Add(StateKey.Holding(issuance, Instrument.Full(body.Asset)));
        reads.Add(StateKey.Holding(body.To, Instrument.Full(body.Asset)));
    }

    protected override void Execute(Issue body, RuleContext context)
    {
        var asset = context.RequireAsset(body.Asset, "asset");
        var to = context.RequireAccount(body.To, "to");
        if (to is { IsIssuanceAccount: true })
        {
            context.RejectIssuanceAccount(to, "to");
        }

        if (asset is not null && context.RequireAccount(asset.Definition.Issuer, "asset.issuer") is { } issuer)
        {
            context.RequireSigned(issuer, "asset.issuer");
            context.RequireNotFrozen(issuer, "asset.issuer");
            RequireAuthorised(body, asset, context);
        }

        if (to is not null)
        {
            if (to.ConsentRequired)
            {
                context.RequireSigned(to, "to", Rejection.ConsentMissing);
            }

            context.RequireNotFrozen(to, "to");
        }

        var issuance = asset is null ? null : context.RequireAccount(asset.IssuanceAccount, "asset");
        if (context.Rejected || issuance is null || to is null)
        {
            return;
        }

        // From here the transaction must succeed.
        var posting = new Posting(context);
        posting.Add(issuance, Instrument.Full(body.Asset), -(Int128)body.Amount.Units);
        posting.Add(to, Instrument.Full(body.Asset), (Int128)body.Amount.Units);
        posting.Apply();
    }

    private static void RequireAuthorised(Issue body, Asset asset, RuleContext context)
    {
        var outstanding = (UInt128)(-context.Holding(asset.IssuanceAccount, Instrument.Full(body.Asset)).Posted);
        var left = asset.Definition.Authorised.Units - outstanding;
        if (body.Amount.Units > left)
        {
            context.Reject(
                Rejection.AuthorisedExceeded,
                "amount",
                $"Issue at most {left} units.",
                new RejectionInput("asset", body.Asset.ToString()),
                new RejectionInput("authorised", asset.Definition.Authorised.ToString()),
                new RejectionInput("outstanding", outstanding.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                new RejectionInput("amount", body.Amount.ToString()));
        }
    }
}
