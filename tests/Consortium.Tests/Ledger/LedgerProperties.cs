using System.Numerics;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Transactions;
using FsCheck;
using FsCheck.Fluent;

namespace Consortium.Tests.Ledger;

public sealed class LedgerProperties
{
    private static readonly string[] Names = ["alice", "alice2", "bob", "carol", "dora"];
    private static readonly string[] Signers = ["alice", "bob", "carol", "dora1", "dora3", "issuer"];
    private static readonly string[] AssetNames = ["eur", "rec"];
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void Random_deals_follow_a_naive_model_and_every_instrument_sums_to_zero()
    {
        var accepted = 0;
        Prop.ForAll(Seeds, seed => accepted += FollowModel(seed)).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
        Assert.InRange(accepted, 100, 60 * 25);
    }

    [Fact]
    public void What_accrues_is_held_or_destroyed_to_the_coin_second() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var ledger = new LedgerFixture();
        var accrued = AssetNames.ToDictionary(name => name, _ => BigInteger.Zero, StringComparer.Ordinal);
        for (var i = 0; i < 25; i++)
        {
            var before = (long)(ledger.TimeMs / 1000);
            ledger.TimeMs += (ulong)random.NextInt64(200_000_000);
            foreach (var asset in AssetNames)
            {
                var outstanding = -ledger.Holding(Consortium.Ledger.Ids.Derive.IssuanceAccount(ledger.Assets[asset]), asset).Posted;
                accrued[asset] += (BigInteger)outstanding * ((long)(ledger.TimeMs / 1000) - before);
            }

            switch (random.Next(6))
            {
                case 0:
                    ledger.Issue(AssetNames[random.Next(2)], "bob", (UInt128)random.Next(1, 100));
                    break;
                case 1:
                    ledger.Execute(new Retire(ledger.Assets["eur"], ledger.Accounts["alice"], new(((UInt128)random.Next(1, 300)))), Signers);
                    break;
                default:
                    ledger.Execute(new Deal(Legs(ledger, random), string.Empty), Signers);
                    break;
            }

            foreach (var asset in AssetNames)
            {
                var now = (long)(ledger.TimeMs / 1000);
                var holdings = Holdings(ledger).Where(entry => entry.Instrument == ledger.Instrument(asset)).Select(entry => entry.Holding);
                Assert.Equal(
                    accrued[asset],
                    holdings.Aggregate(BigInteger.Zero, (sum, holding) =>
                        sum + holding.Destroyed.Value + holding.Lots.Items.Aggregate(BigInteger.Zero, (age, lot) => age + ((BigInteger)lot.Quantity * now) - lot.SecondsAcquired)));
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void The_order_of_independent_transactions_does_not_matter() => Prop.ForAll(Seeds, seed =>
    {
        var (forward, shuffled) = (new LedgerFixture(), new LedgerFixture());
        var transactions = new[]
        {
            forward.Decode(new Deal([forward.Leg("alice", "eur", -10), forward.Leg("alice2", "eur", 10)], string.Empty), "alice"),
            forward.Decode(new Deal([forward.Leg("bob", "rec", -10), forward.Leg("carol", "rec", 10)], string.Empty), "bob", "carol"),
            forward.Decode(new Deal([forward.Leg("dora", "eur", -400), forward.Leg("carol", "eur", 400)], string.Empty), "dora1", "dora2", "carol"),
            forward.Decode(new RotateKeys(forward.Accounts["dora"], Authority.Single(Keys.Of("dora1"))), "dora1", "dora2"),
            forward.Decode(new RegisterAsset(forward.Definition("Other")), "issuer"),
            forward.Decode(GoodTransactions.Of(TransactionKind.OpenAccount, forward).Body, "bank"),
        };
        Array.ForEach(transactions, transaction => forward.Execute(transaction));
        new Random(seed).Shuffle(transactions);
        Array.ForEach(transactions, transaction => shuffled.Execute(transaction));
        Assert.Equal(forward.StateText, shuffled.StateText);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    private static int FollowModel(int seed)
    {
        var random = new Random(seed);
        var ledger = new LedgerFixture();
        var model = Balances(ledger);
        var accepted = 0;
        for (var i = 0; i < 25; i++)
        {
            ledger.TimeMs += (ulong)random.NextInt64(200_000_000);
            var legs = Legs(ledger, random);
            var expected = Apply(model, legs);
            Assert.Equal(expected is not null, ledger.Execute(new Deal(legs, string.Empty), Signers).Accepted);
            model = expected ?? model;
            accepted += expected is null ? 0 : 1;
            Assert.Equal(model, Balances(ledger));
            RequireWhole(ledger);
        }

        return accepted;
    }

    // Mostly balanced, sometimes not, sometimes more than is held, often the same account several times.
    private static DealLeg[] Legs(LedgerFixture ledger, Random random)
    {
        var legs = new List<DealLeg>();
        for (var pairs = random.Next(1, 5); pairs > 0; pairs--)
        {
            var (asset, amount) = (AssetNames[random.Next(2)], random.Next(1, random.Next(2) == 0 ? 30 : 400));
            var giver = random.Next(3) == 0 ? Names[random.Next(Names.Length)] : asset == "eur" ? "alice" : "bob";
            legs.Add(ledger.Leg(giver, asset, -amount));
            legs.Add(ledger.Leg(Names[random.Next(Names.Length)], asset, random.Next(20) == 0 ? amount + 1 : amount));
        }

        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(legs));
        return [.. legs];
    }

    private static SortedDictionary<string, Int128>? Apply(SortedDictionary<string, Int128> model, DealLeg[] legs)
    {
        var after = new SortedDictionary<string, Int128>(model, StringComparer.Ordinal);
        foreach (var leg in legs)
        {
            var key = $"{leg.Account} {leg.Instrument}";
            after[key] = after.GetValueOrDefault(key) + leg.Amount;
        }

        var balanced = legs.GroupBy(leg => leg.Instrument).All(group => group.Aggregate(Int128.Zero, (sum, leg) => sum + leg.Amount) == 0);
        var covered = legs.All(leg => after[$"{leg.Account} {leg.Instrument}"] >= 0);
        var moves = legs.Any(leg => after[$"{leg.Account} {leg.Instrument}"] != model.GetValueOrDefault($"{leg.Account} {leg.Instrument}"));
        foreach (var empty in after.Where(entry => entry.Value == 0).Select(entry => entry.Key).ToArray())
        {
            after.Remove(empty);
        }

        return balanced && covered && moves ? after : null;
    }

    private static SortedDictionary<string, Int128> Balances(LedgerFixture ledger)
    {
        var balances = new SortedDictionary<string, Int128>(StringComparer.Ordinal);
        foreach (var (account, instrument, holding) in Holdings(ledger).Where(entry => entry.Holding.Posted != 0))
        {
            balances[$"{new Consortium.Ledger.Ids.AccountId(account)} {instrument}"] = holding.Posted;
        }

        return balances;
    }

    private static void RequireWhole(LedgerFixture ledger)
    {
        foreach (var group in Holdings(ledger).GroupBy(entry => entry.Instrument))
        {
            Assert.Equal(0, group.Aggregate(Int128.Zero, (sum, entry) => sum + entry.Holding.Posted));
            Assert.All(group.Where(entry => entry.Holding.Posted >= 0), entry =>
            {
                Assert.Equal((UInt128)entry.Holding.Posted, entry.Holding.Lots.Quantity);
                Assert.Equal(entry.Holding.Lots.Items.OrderBy(lot => lot.Day), entry.Holding.Lots.Items);
            });
        }
    }

    private static IEnumerable<(Digest Account, Instrument Instrument, Holding Holding)> Holdings(LedgerFixture ledger) =>
        ledger.State.Where(entry => entry.Value is Holding).Select(entry => (entry.Key.Owner, entry.Key.Instrument, (Holding)entry.Value));
}
