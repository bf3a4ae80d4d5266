using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Google.Protobuf;

namespace Consortium.Ledger.Transactions;

/// <summary>The rules of a deal (SPEC.md section 3.6).</summary>
internal sealed class DealRules : KindRules<Deal>
{
    public override TransactionKind Kind => TransactionKind.Deal;

    public override string Name => "deal";

    internal override TransactionBody? Read(Wire.Payload payload, WireForm form)
    {
        if (payload.Deal is not { } wire)
        {
            return null;
        }

        var legs = new DealLeg[wire.Legs.Count];
        for (var i = 0; i < legs.Length && form.Fault is null; i++)
        {
            var leg = wire.Legs[i];
            legs[i] = new DealLeg(
                new AccountId(form.Digest(leg.Account, "deal.legs.account")),
                form.Instrument(leg.Instrument, "deal.legs.instrument"),
                form.SignedAmount(leg.Amount, "deal.legs.amount"));
        }

        return new Deal(legs, wire.Reference);
    }

    protected override void Write(Deal body, Wire.Payload payload)
    {
        var wire = new Wire.Deal { Reference = body.Reference };
        foreach (var leg in body.Legs)
        {
            wire.Legs.Add(new Wire.Leg
            {
                Account = WireForm.From(leg.Account.Digest),
                Instrument = WireForm.From(leg.Instrument),
                Amount = UnsafeByteOperations.UnsafeWrap(AmountBytes.FromSigned(leg.Amount)),
            });
        }

        payload.Deal = wire;
    }

    protected override void DeclareReads(Deal body, ICollection<StateKey> reads)
    {
        for (var i = 0; i < Math.Min(body.Legs.Count, LedgerLimits.DealLegsMax); i++)
        {
            var leg = body.Legs[i];
            reads.Add(StateKey.Account(leg.Account));
            reads.Add(StateKey.Asset(leg.Instrument.Asset));
            reads.Add(StateKey.Holding(leg.Account, leg.Instrument));
        }
    }

    protected override void Execute(Deal body, RuleContext context)
    {
        if (!HasForm(body, context))
        {
            return;
        }

        var posting = new Posting(context);
        for (var i = 0; i < body.Legs.Count; i++)
        {
            var leg = body.Legs[i];
            var account = CheckLeg(leg, i, context);
            if (account is not null)
            {
                posting.Add(account, leg.Instrument, leg.Amount);
            }
        }

        RequireBalanced(body, context);
        RequireSigned(body, context);

        // The sums mean nothing when legs name what does not exist.
        if (posting.LegCount == body.Legs.Count)
        {
            posting.RequireCovered();
            if (posting.MovesNothing)
            {
                context.Reject(Rejection.DealMovesNothing, "legs", "Let an account give what another receives.");
            }
        }

        if (context.Rejected)
        {
            return;
        }

        // From here the transaction must succeed.
        posting.Apply();
    }

    private static bool HasForm(Deal body, RuleContext context)
    {
        if (body.Legs.Count == 0)
        {
            context.Reject(Rejection.DealMovesNothing, "legs", "Add at least two legs.");
        }

        if (body.Legs.Count > LedgerLimits.DealLegsMax)
        {
            context.Reject(
                Rejection.DealLegsTooMany,
                "legs",
                "Divide the deal, or sum the legs of each account.",
                new RejectionInput("legs", RuleContext.Text(body.Legs.Count)));
        }

        context.RequireText(body.Reference, "reference", mayBeEmpty: true);

        // Rules that walk the legs would cost every replica without bound; they run only for deals of bounded size.
        return body.Legs.Count is > 0 and <= LedgerLimits.DealLegsMax;
    }

    private static Account? CheckLeg(DealLeg leg, int index, RuleContext context)
    {
        var account = context.Account(leg.Account);
        var assetKnown = context.Asset(leg.Instrument.Asset) is not null;
        if (account is { IsIssuanceAccount: false, Frozen: false } && assetKnown && leg.Instrument.IsValid)
        {
            return account;
        }

        var subject = $"legs[{index}]";
        account = context.RequireAccount(leg.Account, subject + ".account");
        context.RequireAsset(leg.Instrument.Asset, subject + ".instrument.asset");
        if (!leg.Instrument.IsValid)
        {
            context.Reject(
                Rejection.InstrumentInvalid,
                subject + ".instrument",
                "Leave the interval out of a full right; give any other right one that ends after it begins.",
                new RejectionInput("right", RuleContext.Text((int)leg.Instrument.Right)),
                new RejectionInput("from_ms", RuleContext.Text(leg.Instrument.FromMs)),
                new RejectionInput("until_ms", RuleContext.Text(leg.Instrument.UntilMs)));
        }

        if (account is not null)
        {
            if (account.IsIssuanceAccount)
            {
                context.RejectIssuanceAccount(account, subject + ".account");
            }

            context.RequireNotFrozen(account, subject + ".account");
        }

        return assetKnown ? account : null;
    }

    private static void RequireBalanced(Deal body, RuleContext context)
    {
        var sums = new List<(Instrument Instrument, Int128 Sum)>(2);
        foreach (var leg in body.Legs)
        {
            var at = sums.FindIndex(sum => sum.Instrument == leg.Instrument);
            if (at < 0)
            {
                sums.Add((leg.Instrument, leg.Amount));
            }
            else
            {
                sums[at] = (leg.Instrument, sums[at].Sum + leg.Amount);
            }
        }

        foreach (var (instrument, sum) in sums)
        {
            if (sum != 0)
            {
                context.Reject(
                    Rejection.DealUnbalanced,
                    "legs",
                    $"Change the legs of this instrument by {RuleContext.Text(-sum)} in all.",
                    new RejectionInput("instrument", instrument.ToString()),
                    new RejectionInput("sum", RuleContext.Text(sum)));
            }
        }
    }

    private static void RequireSigned(Deal body, RuleContext context)
    {
        for (var i = 0; i < body.Legs.Count; i++)
        {
            var leg = body.Legs[i];
            if (context.Account(leg.Account) is not { IsIssuanceAccount: false } account
                || IsEarlierLegOfSameSide(body.Legs, i))
            {
                continue;
            }

            if (leg.Amount < 0)
            {
                context.RequireSigned(account, $"legs[{i}].account");
            }
            else if (account.ConsentRequired)
            {
                context.RequireSigned(account, $"legs[{i}].account", Rejection.ConsentMissing);
            }
        }
    }

    // One missing signature is one rejection, however many legs it is missing from.
    private static bool IsEarlierLegOfSameSide(IReadOnlyList<DealLeg> legs, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (legs[i].Account == legs[index].Account && Int128.Sign(legs[i].Amount) == Int128.Sign(legs[index].Amount))
            {
                return true;
            }
        }

        return false;
    }
}
