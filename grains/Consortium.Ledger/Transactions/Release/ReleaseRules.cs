using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Ledger.Transactions;

/// <summary>The rules of releasing a pledge (SPEC.md section 3.8).</summary>
internal sealed class ReleaseRules : KindRules<Release>
{
    public override TransactionKind Kind => TransactionKind.Release;

    public override string Name => "release";

    internal override TransactionBody? Read(Wire.Payload payload, WireForm form) => payload.Release is not { } wire
        ? null
        : new Release(
            new AccountId(form.Digest(wire.Account, "release.account")),
            form.Instrument(wire.Instrument, "release.instrument"),
            new TransactionId(form.Digest(wire.Deal, "release.deal")));

    protected override void Write(Release body, Wire.Payload payload) => payload.Release = new Wire.Release
    {
        Account = WireForm.From(body.Account.Digest),
        Instrument = WireForm.From(body.Instrument),
        Deal = WireForm.From(body.Deal.Digest),
    };

    protected override void DeclareReads(Release body, ICollection<StateKey> reads)
    {
        reads.Add(StateKey.Account(body.Account));
        reads.Add(StateKey.Holding(body.Account, body.Instrument));
    }

    protected override void Execute(Release body, RuleContext context)
    {
        context.RequireAccount(body.Account, "account");
        var holding = context.Holding(body.Account, body.Instrument);
        var standing = holding.Pledges.Where(pledge => pledge.UntilMs > context.TimeMs).ToList();
        var at = standing.FindIndex(pledge => pledge.Deal == body.Deal);
        if (at < 0)
        {
            context.Reject(
                Rejection.PledgeUnknown,
                "deal",
                "Nothing is held back for this deal, so nothing needs releasing.",
                new RejectionInput("account", body.Account.ToString()),
                new RejectionInput("deal", body.Deal.ToString()));
        }
        else if (context.RequireAccount(standing[at].Beneficiary, "beneficiary") is { } beneficiary)
        {
            context.RequireSigned(beneficiary, "beneficiary");
        }

        if (context.Rejected)
        {
            return;
        }

        // From here the transaction must succeed.
        standing.RemoveAt(at);
        context.Put(StateKey.Holding(body.Account, body.Instrument), holding with { Pledges = standing });
    }
}
