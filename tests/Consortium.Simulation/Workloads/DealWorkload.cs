using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>
/// Deals: delivery against payment, payments, rings and fans of many legs, moves between the accounts of one owner, deals
/// that use up a pledge, and every way in which a deal may be wrong.
/// </summary>
internal sealed class DealWorkload : IWorkload
{
    public TransactionKind Kind => TransactionKind.Deal;

    public IntendedTransaction? Next(ClientModel model, ulong nowMs, SeededRandom random)
    {
        if (model.Pledges.Count > 0 && random.Next(16) == 0 && Prepared(model, nowMs, random) is { } prepared)
        {
            return prepared;
        }

        model.Legs.Clear();
        var what = Fill(model, random);
        if (what is null)
        {
            return null;
        }

        var (reference, expectation) = (string.Empty, Expectation.ShouldBeAccepted);
        if (random.Happens(model.Habits.FaultPerMillion))
        {
            (what, reference, expectation) = DealFaults.Spoil(model.Legs, model, nowMs, random);
        }

        return model.Writer.Write(
            this, new Deal(model.Legs.ToArray(), reference), model.Legs.Signers(model, random), model.ValidUntil(nowMs, random), expectation, what);
    }

    /// <summary>Makes a deal for which a pledge will be made first: the deal's id is known before it is sent.</summary>
    public IntendedTransaction Prepare(
        ClientAccount giver, ClientAccount receiver, ClientAsset asset, Int128 amount, ulong validUntilMs, ClientModel model, SeededRandom random)
    {
        model.Legs.Clear();
        model.Legs.Move(giver, receiver, asset, amount);
        var money = model.Assets[random.Next(model.Assets.Count)];
        if (money != asset && receiver.Free[money.Index] > 0)
        {
            model.Legs.Move(receiver, giver, money, ClientModel.Part((receiver.Free[money.Index] >> 6) + 1, random));
        }

        return model.Writer.Write(
            this, new Deal(model.Legs.ToArray(), "pledged"), model.Legs.Signers(model, random), validUntilMs, Expectation.ShouldBeAccepted, "pledged");
    }

    public void Reserve(ClientModel model, IntendedTransaction transaction)
    {
        if (transaction.Pledge is { } pledge && model.Pledges.Remove(pledge))
        {
            transaction.TookPledge = true;
            pledge.Account.Free[pledge.Asset.Index] += pledge.Amount;
        }

        Give(model, transaction, sign: 1);
    }

    public void Undo(ClientModel model, IntendedTransaction transaction)
    {
        Give(model, transaction, sign: -1);
        if (transaction is { TookPledge: true, Pledge: { } pledge })
        {
            transaction.TookPledge = false;
            pledge.Account.Free[pledge.Asset.Index] -= pledge.Amount;
            model.Pledges.Add(pledge);
        }
    }

    public void Apply(ClientModel model, IntendedTransaction transaction)
    {
        if (!transaction.Reserved)
        {
            Reserve(model, transaction);
        }

        foreach (var leg in ((Deal)transaction.Body).Legs)
        {
            if (leg.Amount > 0 && model.Find(leg.Account) is { } account && model.Find(leg.Instrument.Asset) is { } asset)
            {
                account.Free[asset.Index] += leg.Amount;
            }
        }
    }

    /// <summary>Halves the free units of every giver in the model: one giver holds less than was believed, and only a read tells which.</summary>
    public void Doubt(ClientModel model, IntendedTransaction transaction)
    {
        foreach (var leg in ((Deal)transaction.Body).Legs)
        {
            if (leg.Amount < 0 && model.Find(leg.Account) is { } account && model.Find(leg.Instrument.Asset) is { } asset)
            {
                account.Free[asset.Index] >>= 1;
            }
        }
    }

    private static void Give(ClientModel model, IntendedTransaction transaction, int sign)
    {
        foreach (var leg in ((Deal)transaction.Body).Legs)
        {
            if (leg.Amount < 0 && model.Find(leg.Account) is { } account && model.Find(leg.Instrument.Asset) is { } asset)
            {
                account.Free[asset.Index] += sign * leg.Amount;
            }
        }
    }

    /// <summary>The deal that a pledge was made for. When keys were rotated since, the parties mostly sign the same payload again.</summary>
    private static IntendedTransaction? Prepared(ClientModel model, ulong nowMs, SeededRandom random)
    {
        var pledge = model.Pledges[random.Next(model.Pledges.Count)];
        if (pledge.Prepared is not { TimesSent: 0 } deal || deal.ValidUntilMs <= nowMs)
        {
            return null;
        }

        deal.Pledge = pledge;
        var (signers, suffices) = (model.Signers.Clear(), true);
        foreach (var leg in ((Deal)deal.Body).Legs)
        {
            var account = model.Find(leg.Account);
            var asset = model.Find(leg.Instrument.Asset);
            if (account is null || asset is null || account.Frozen || (leg.Amount < 0 && account != pledge.Account && account.Free[asset.Index] < -leg.Amount))
            {
                deal.Expectation = Expectation.MayBeRejected;
            }

            if (account is not null && (leg.Amount < 0 || account.ConsentRequired))
            {
                suffices &= account.SignedBy(deal.Signers);
                signers.Add(account, random);
            }
        }

        return suffices || random.Next(4) == 0 ? deal : SignedAgain(deal, signers.ToArray());
    }

    private static IntendedTransaction SignedAgain(IntendedTransaction deal, int[] signers) =>
        TransactionWriter.Copy(deal, TransactionWriter.Sign(deal.Payload, signers), signers, deal.Expectation, "pledged, signed again");

    private static string? Fill(ClientModel model, SeededRandom random)
    {
        var shape = random.Next(100);
        return shape < 45 ? DeliveryAgainstPayment(model, random)
            : shape < 60 ? Payment(model, random)
            : shape < 75 ? WithinOneOwner(model, random)
            : shape < 85 ? Ring(model, random)
            : shape < 93 ? Fan(model, random)
            : shape < 97 ? Through(model, random)
            : Everything(model, random);
    }

    private static string? DeliveryAgainstPayment(ClientModel model, SeededRandom random)
    {
        var (thing, money) = (PickAsset(model, random), PickAsset(model, random));
        var seller = model.PickHolder(thing, random, other: null);
        var buyer = thing == money ? null : model.PickHolder(money, random, seller);
        if (seller is null || buyer is null)
        {
            return null;
        }

        model.Legs.Move(seller, buyer, thing, Amount(seller, thing, random));
        model.Legs.Move(buyer, seller, money, Amount(buyer, money, random));
        return "delivery against payment";
    }

    private static string? Payment(ClientModel model, SeededRandom random)
    {
        var money = PickAsset(model, random);
        if (model.PickHolder(money, random, other: null) is not { } payer || model.PickActive(random, payer) is not { } payee)
        {
            return null;
        }

        model.Legs.Move(payer, payee, money, Amount(payer, money, random));
        return "payment";
    }

    /// <summary>A deal between accounts of one owner, in which lots carry their age; sometimes another owner receives a part.</summary>
    private static string? WithinOneOwner(ClientModel model, SeededRandom random)
    {
        var asset = PickAsset(model, random);
        if (model.PickHolder(asset, random, other: null) is not { } from || OfSameOwner(from, model, random) is not { } to)
        {
            return null;
        }

        var amount = Amount(from, asset, random);
        model.Legs.Move(from, to, asset, amount);
        if (random.Next(3) == 0 && from.Free[asset.Index] > amount && model.PickActive(random, from) is { } stranger && stranger != to)
        {
            model.Legs.Move(from, stranger, asset, ClientModel.Part(from.Free[asset.Index] - amount, random));
        }
        else if (random.Next(3) == 0 && to.Free[asset.Index] > 0 && model.PickActive(random, from) is { } receiver && receiver != to)
        {
            model.Legs.Move(to, receiver, asset, Amount(to, asset, random));
        }

        return "within one owner";
    }

    /// <summary>Each gives to the next, and the last to the first, each something else.</summary>
    private static string? Ring(ClientModel model, SeededRandom random)
    {
        if (model.PickActive(random, other: null) is not { } first)
        {
            return null;
        }

        var (giver, size) = (first, 3 + random.Next(6));
        for (var i = 0; i < size; i++)
        {
            var asset = PickAsset(model, random);
            var receiver = i == size - 1 ? first : model.PickActive(random, giver);
            if (receiver is not null && receiver != giver && model.Legs.Left(giver, asset) is var left && left > 0)
            {
                model.Legs.Move(giver, receiver, asset, ClientModel.Part(left, random));
                giver = receiver;
            }
        }

        return model.Legs.Count == 0 || model.Legs.MovesNothing ? null : "ring";
    }

    /// <summary>One account pays many others, as with a coupon; sometimes with as many legs as a deal may have.</summary>
    private static string? Fan(ClientModel model, SeededRandom random)
    {
        var asset = PickAsset(model, random);
        if (model.PickHolder(asset, random, other: null) is not { } payer)
        {
            return null;
        }

        var payees = random.Next(64) == 0 ? (DealLegs.Most / 2) - 1 : 2 + random.Next(10);
        var left = payer.Free[asset.Index];
        for (var i = 0; i < payees && left > 0; i++)
        {
            var payee = model.Accounts[random.Next(model.Accounts.Count)];
            if (payee != payer && !payee.Frozen)
            {
                var amount = ClientModel.Part((left >> 4) + 1, random);
                model.Legs.Move(payer, payee, asset, amount);
                left -= amount;
            }
        }

        return model.Legs.Count == 0 ? null : "fan";
    }

    /// <summary>A passes to C through B, whose net is zero: B needs nothing, and signs all the same.</summary>
    private static string? Through(ClientModel model, SeededRandom random)
    {
        var asset = PickAsset(model, random);
        var giver = model.PickHolder(asset, random, other: null);
        var middle = model.PickActive(random, giver);
        var receiver = model.PickActive(random, giver);
        if (giver is null || middle is null || receiver is null || receiver == middle)
        {
            return null;
        }

        var amount = Amount(giver, asset, random);
        model.Legs.Move(giver, middle, asset, amount);
        model.Legs.Move(middle, receiver, asset, amount);
        return "through a third";
    }

    /// <summary>All that an account can give, to the last unit.</summary>
    private static string? Everything(ClientModel model, SeededRandom random)
    {
        var asset = PickAsset(model, random);
        if (model.PickHolder(asset, random, other: null) is not { } giver || model.PickActive(random, giver) is not { } receiver)
        {
            return null;
        }

        model.Legs.Move(giver, receiver, asset, giver.Free[asset.Index]);
        return "everything";
    }

    private static ClientAsset PickAsset(ClientModel model, SeededRandom random) => model.Assets[random.Next(model.Assets.Count)];

    private static Int128 Amount(ClientAccount giver, ClientAsset asset, SeededRandom random) =>
        ClientModel.Part((giver.Free[asset.Index] >> 3) + 1, random);

    private static ClientAccount? OfSameOwner(ClientAccount account, ClientModel model, SeededRandom random)
    {
        var start = random.Next(model.Accounts.Count);
        for (var i = 0; i < model.Accounts.Count; i++)
        {
            var other = model.Accounts[(start + i) % model.Accounts.Count];
            if (other != account && !other.Frozen && other.Owner == account.Owner)
            {
                return other;
            }
        }

        return null;
    }
}
