using Consortium.Ledger.Assets;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>The ways in which clients make a deal wrong.</summary>
internal static class DealFaults
{
    /// <summary>Spoils the legs of a good deal.</summary>
    /// <returns>A name for the fault, the reference of the deal, and the expected outcome.</returns>
    public static (string What, string Reference, Expectation Expectation) Spoil(
        DealLegs legs, ClientModel model, ulong nowMs, SeededRandom random)
    {
        var (giver, receiver) = (legs.AccountOf(0)!, legs.AccountOf(1)!);
        switch (random.Next(20))
        {
            case 0:
                legs[legs.Count - 1] = legs[legs.Count - 1] with { Amount = legs[legs.Count - 1].Amount + 1 };
                return May("unbalanced");
            case 1:
                legs.Clear();
                legs.Add(new DealLeg(giver.Id, model.Assets[0].Full, -5), giver);
                legs.Add(new DealLeg(giver.Id, model.Assets[0].Full, 5), giver);
                return May("moves nothing");
            case 2:
                legs[1] = legs[1] with { Account = Unusable.Account };
                return May("account unknown");
            case 3:
                legs.Add(new DealLeg(giver.Id, Instrument.Full(Unusable.Asset), -1), giver);
                legs.Add(new DealLeg(receiver.Id, Instrument.Full(Unusable.Asset), 1), receiver);
                return May("asset unknown");
            case 4:
                return Instruments(legs, nowMs, random);
            case 5:
                return SplitIntoRights(legs, giver, receiver, model, nowMs);
            case 6:
                legs[1] = legs[1] with { Account = model.Assets[0].IssuanceAccount };
                return May("issuance account");
            case 7:
                return ("reference too long", Unusable.LongText, Expectation.MayBeRejected);
            case 8 when random.Next(8) == 0:
                TooManyLegs(legs, giver, receiver, model);
                return ("257 legs", string.Empty, Expectation.MustBeRefused);
            case 9 when random.Next(4) == 0:
                legs.Add(new DealLeg(giver.Id, model.Assets[0].Full, 0), giver);
                return ("amount of zero", string.Empty, Expectation.MustBeRefused);
            case 10 when model.Frozen.Count > 0:
                legs[1] = legs[1] with { Account = model.Frozen[random.Next(model.Frozen.Count)].Id };
                return May("account frozen");
            case 11 or 12 when model.Pledges.Count > 0:
                return Pledged(legs, model, random);
            case 13:
                legs.Unsigned = giver;
                return ("giver did not sign", string.Empty, Expectation.MayBeRejected);
            case 14 when receiver.ConsentRequired:
                legs.Unsigned = receiver;
                return ("no consent", string.Empty, Expectation.MayBeRejected);
            case 15 when giver.ReplacedKeys.Length > 0:
                legs.SignsByReplacedKeys = giver;
                return ("signed by replaced keys", string.Empty, Expectation.MayBeRejected);
            default:
                return Overspend(legs, giver, receiver, model, random);
        }
    }

    private static (string What, string Reference, Expectation Expectation) May(string what) => (what, string.Empty, Expectation.MayBeRejected);

    private static (string What, string Reference, Expectation Expectation) Overspend(
        DealLegs legs, ClientAccount giver, ClientAccount receiver, ClientModel model, SeededRandom random)
    {
        var asset = model.Find(legs[0].Instrument.Asset)!;
        var least = giver.Free[asset.Index] + 1;
        var amount = random.Next(2) == 0 ? least : least * 2;
        legs.Clear();
        legs.Move(giver, receiver, asset, Int128.Clamp(amount, 1, Int128.One << 95));
        return May("more than held");
    }

    private static (string What, string Reference, Expectation Expectation) Instruments(DealLegs legs, ulong nowMs, SeededRandom random)
    {
        var asset = legs[0].Instrument.Asset;
        var instrument = random.Next(3) switch
        {
            0 => new Instrument(asset, Right.Full, 0, nowMs),
            1 => new Instrument(asset, Right.Use, nowMs, nowMs),
            _ => new Instrument(asset, (Right)4, nowMs, nowMs + 1),
        };
        legs[0] = legs[0] with { Instrument = instrument };
        legs[1] = legs[1] with { Instrument = instrument };
        return May("instrument invalid");
    }

    /// <summary>
    /// Full right for title, use and income. Each instrument sums to zero and only full rights are issued, so the parts come from
    /// nowhere and the deal is rejected.
    /// </summary>
    private static (string What, string Reference, Expectation Expectation) SplitIntoRights(
        DealLegs legs, ClientAccount giver, ClientAccount receiver, ClientModel model, ulong nowMs)
    {
        var asset = model.Find(legs[0].Instrument.Asset)!;
        legs.Clear();
        legs.Move(giver, receiver, asset, 1);
        for (var right = Right.Title; right <= Right.Income; right++)
        {
            var part = new Instrument(asset.Id, right, nowMs, nowMs + 86_400_000);
            legs.Add(new DealLeg(receiver.Id, part, -1), receiver);
            legs.Add(new DealLeg(giver.Id, part, 1), giver);
        }

        return May("split into rights");
    }

    private static void TooManyLegs(DealLegs legs, ClientAccount giver, ClientAccount receiver, ClientModel model)
    {
        while (legs.Count <= DealLegs.Most)
        {
            legs.Move(giver, receiver, model.Assets[0], 1);
        }
    }

    /// <summary>A giver holds enough, but part of it is pledged to another deal.</summary>
    private static (string What, string Reference, Expectation Expectation) Pledged(DealLegs legs, ClientModel model, SeededRandom random)
    {
        var pledge = model.Pledges[random.Next(model.Pledges.Count)];
        legs.Clear();
        legs.Move(pledge.Account, pledge.Beneficiary, pledge.Asset, Int128.Max(1, pledge.Account.Free[pledge.Asset.Index] + pledge.Amount));
        return May("pledged to another deal");
    }
}
