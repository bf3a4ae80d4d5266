using Consortium.Ledger.Accounts;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Ledger.Transactions;

/// <summary>The rules of pledging (SPEC.md section 3.7).</summary>
internal sealed class PledgeRules : KindRules<Pledge>
{
    public override TransactionKind Kind => TransactionKind.Pledge;

    public override string Name => "pledge";

    internal override TransactionBody? Read(Wire.Payload payload, WireForm form) => payload.Pledge is not { } wire
        ? null
        : new Pledge(
            new AccountId(form.Digest(wire.Account, "pledge.account")),
            form.Instrument(wire.Instrument, "pledge.instrument"),
            form.Amount(wire.Amount, "pledge.amount"),
            new TransactionId(form.Digest(wire.Deal, "pledge.deal")),
            new AccountId(form.Digest(wire.Beneficiary, "pledge.beneficiary")),
            wire.UntilMs);

    protected override void Write(Pledge body, Wire.Payload payload) => payload.Pledge = new Wire.Pledge
    {
        Account = WireForm.From(body.Account.Digest),
        Instrument = WireForm.From(body.Instrument),
        Amount = WireForm.From(body.Amount),
        Deal = WireForm.From(body.Deal.Digest),
        Beneficiary = WireForm.From(body.Beneficiary.Digest),
        UntilMs = body.UntilMs,
    };

    protected override void DeclareReads(Pledge body, ICollection<StateKey> reads)
    {
        reads.Add(StateKey.Account(body.Account));
        reads.Add(StateKey.Account(body.Beneficiary));
        reads.Add(StateKey.Holding(body.Account, body.Instrument));
    }

    protected override void Execute(Pledge body, RuleContext context)
    {
        var account = context.RequireAccount(body.Account, "account");
        if (context.RequireAccount(body.Beneficiary, "beneficiary") is { IsIssuanceAccount: true } reserved)
        {
            // The authority of an issuance account is not rotated with the issuer's, so nobody could sign a release for it.
            context.RejectIssuanceAccount(reserved, "beneficiary");
        }

        if (account is not null)
        {
            if (account.IsIssuanceAccount)
            {
                context.RejectIssuanceAccount(account, "account");
            }

            context.RequireSigned(account, "account");
            context.RequireNotFrozen(account, "account");
        }

        var holding = context.Holding(body.Account, body.Instrument);
        var standing = holding.Pledges.Where(pledge => pledge.UntilMs > context.TimeMs).ToList();
        if (account is { IsIssuanceAccount: false })
        {
            Posting.RequireCovered(context, body.Account, body.Instrument, holding, (Int128)body.Amount.Units, "amount");
        }

        CheckPledge(body, standing, context);
        if (context.Rejected)
        {
            return;
        }

        // From here the transaction must succeed.
        standing.Add(new Pledged(body.Deal, body.Amount, body.Beneficiary, body.UntilMs));
        context.Put(StateKey.Holding(body.Account, body.Instrument), holding with { Pledges = standing });
    }

    private static void CheckPledge(Pledge body, List<Pledged> standing, RuleContext context)
    {
        if (body.UntilMs <= context.TimeMs)
        {
            context.Reject(
                Rejection.PledgeExpired,
                "until_ms",
                $"Pledge until after {context.TimeMs}.",
                new RejectionInput("until_ms", RuleContext.Text(body.UntilMs)),
                new RejectionInput("batch_time_ms", RuleContext.Text(context.TimeMs)));
        }

        if (standing.Exists(pledge => pledge.Deal == body.Deal))
        {
            context.Reject(
                Rejection.PledgeExists,
                "deal",
                "Release the pledge that stands, then pledge the new amount.",
                new RejectionInput("deal", body.Deal.ToString()));
        }

        if (standing.Count >= LedgerLimits.PledgesMax)
        {
            context.Reject(
                Rejection.PledgesTooMany,
                "account",
                "Wait until a pledge ends, or have one released.",
                new RejectionInput("pledges", RuleContext.Text(standing.Count)));
        }
    }
}
