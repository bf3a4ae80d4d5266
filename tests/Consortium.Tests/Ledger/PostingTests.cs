using System.Numerics;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;

namespace Consortium.Tests.Ledger;

public sealed class PostingTests
{
    private const ulong DayMs = 86_400_000;
    private const long StartSeconds = (long)(LedgerFixture.StartMs / 1000);

    private readonly LedgerFixture _ledger = new();

    [Fact]
    public void Moving_to_another_owner_destroys_the_age_of_the_oldest_and_starts_a_lot_of_today()
    {
        _ledger.TimeMs += DayMs + 5_999;
        _ledger.Issue("eur", "alice", 100);
        _ledger.TimeMs += DayMs;
        _ledger.Deal("eur", ("alice", -1_050), ("bob", 1_050));

        // Seconds of a batch are whole: the 999 milliseconds count for nothing.
        var destroyed = (1_000 * ((2 * 86_400) + 5)) + (50 * 86_400);
        Assert.Equal(destroyed, _ledger.Holding("alice", "eur").Destroyed.Value);
        Assert.Equal(default, _ledger.Holding("bob", "eur").Destroyed);
        Assert.Equal(
            [Lot.Acquired(50, StartSeconds + 86_405)], _ledger.Holding("alice", "eur").Lots.Items);
        Assert.Equal(
            [Lot.Acquired(1_050, StartSeconds + (2 * 86_400) + 5)], _ledger.Holding("bob", "eur").Lots.Items);
    }

    [Fact]
    public void Moving_between_accounts_of_one_owner_carries_the_age_and_destroys_nothing()
    {
        _ledger.TimeMs += 3 * DayMs;
        _ledger.Deal("eur", ("alice", -400), ("alice2", 400));
        Assert.Equal(default, _ledger.Holding("alice", "eur").Destroyed);
        Assert.Equal([Lot.Acquired(400, StartSeconds)], _ledger.Holding("alice2", "eur").Lots.Items);
        Assert.Equal([Lot.Acquired(600, StartSeconds)], _ledger.Holding("alice", "eur").Lots.Items);
    }

    [Fact]
    public void Several_accounts_of_one_owner_among_outsiders_keep_what_the_owner_keeps()
    {
        _ledger.Open("alice3", "alice", Authority.Single(Keys.Of("alice")));
        _ledger.TimeMs += DayMs;
        _ledger.Deal("eur", ("alice", -300), ("alice2", 300));
        _ledger.TimeMs += DayMs;
        _ledger.Issue("eur", "bob", 100);
        var now = StartSeconds + (2 * 86_400);

        // alice gives 1,000 from two accounts, keeps 450 of them in a third; bob gives 50 more; carol and dora receive.
        _ledger.Accept(
            new Deal(
                [
                    _ledger.Leg("alice", "eur", -700),
                    _ledger.Leg("carol", "eur", 500),
                    _ledger.Leg("alice2", "eur", -300),
                    _ledger.Leg("alice3", "eur", 450),
                    _ledger.Leg("bob", "eur", -50),
                    _ledger.Leg("dora", "eur", 100),
                ],
                string.Empty),
            "alice",
            "bob",
            "carol");

        Assert.Equal([Lot.Acquired(450, StartSeconds)], _ledger.Holding("alice3", "eur").Lots.Items);
        Assert.Equal(
            (BigInteger)550 * 2 * 86_400,
            _ledger.Holding("alice", "eur").Destroyed.Value + _ledger.Holding("alice2", "eur").Destroyed.Value);
        Assert.Equal([Lot.Acquired(500, now)], _ledger.Holding("carol", "eur").Lots.Items);
        Assert.Equal([Lot.Acquired(300, StartSeconds), Lot.Acquired(100, now)], _ledger.Holding("dora", "eur").Lots.Items);
    }

    [Fact]
    public void An_owner_who_receives_more_than_it_gives_gets_its_own_lots_back_and_new_ones_for_the_rest()
    {
        _ledger.Issue("eur", "bob", 100);
        _ledger.TimeMs += DayMs;
        _ledger.Deal("eur", ("alice", -10), ("bob", -20), ("alice2", 30));
        Assert.Equal(default, _ledger.Holding("alice", "eur").Destroyed);
        Assert.Equal(20 * 86_400, _ledger.Holding("bob", "eur").Destroyed.Value);
        Assert.Equal(
            [Lot.Acquired(10, StartSeconds), Lot.Acquired(20, StartSeconds + 86_400)],
            _ledger.Holding("alice2", "eur").Lots.Items);
    }

    [Fact]
    public void Legs_of_one_account_are_summed_before_anything_is_checked_or_aged()
    {
        _ledger.TimeMs += DayMs;
        _ledger.Deal("eur", ("alice", -5_000), ("bob", 4_999), ("alice", 4_990), ("bob", -4_989));
        Assert.Equal(990, _ledger.Holding("alice", "eur").Posted);
        Assert.Equal(10, _ledger.Holding("bob", "eur").Posted);
        Assert.Equal(10 * 86_400, _ledger.Holding("alice", "eur").Destroyed.Value);
    }

    [Fact]
    public void Issuing_and_retiring_move_against_the_issuance_account()
    {
        var issuance = Derive.IssuanceAccount(_ledger.Assets["eur"]);
        Assert.Equal(-1_300, _ledger.Holding(issuance, "eur").Posted);
        _ledger.TimeMs += DayMs;
        _ledger.Accept(new Retire(_ledger.Assets["eur"], _ledger.Accounts["alice"], new Amount(300)), "alice", "issuer");
        Assert.Equal(-1_000, _ledger.Holding(issuance, "eur").Posted);
        Assert.Equal(300 * 86_400, _ledger.Holding("alice", "eur").Destroyed.Value);
        Assert.Empty(_ledger.Holding(issuance, "eur").Lots.Items);
    }

    [Fact]
    public void All_that_is_authorised_can_be_issued_moved_and_retired()
    {
        _ledger.Register("max", _ledger.Definition("Max") with { Authorised = new Amount(LedgerLimits.AuthorisedMax) });
        var all = (Int128)LedgerLimits.AuthorisedMax;
        _ledger.Issue("max", "alice", LedgerLimits.AuthorisedMax);
        _ledger.TimeMs += 3_650 * DayMs;
        _ledger.Deal("max", ("alice", -all), ("bob", all));
        Assert.Equal((BigInteger)all * 3_650 * 86_400, _ledger.Holding("alice", "max").Destroyed.Value);
        _ledger.Accept(new Pledge(_ledger.Accounts["bob"], _ledger.Instrument("max"), new Amount(LedgerLimits.AuthorisedMax), GoodTransactions.SomeDeal, _ledger.Accounts["alice"], ulong.MaxValue), "bob");
        _ledger.Accept(new Release(_ledger.Accounts["bob"], _ledger.Instrument("max"), GoodTransactions.SomeDeal), "alice");
        _ledger.Accept(new Retire(_ledger.Assets["max"], _ledger.Accounts["bob"], new Amount(LedgerLimits.AuthorisedMax)), "bob", "issuer");
        Assert.Equal(0, _ledger.Holding("bob", "max").Posted);
        _ledger.Issue("max", "dora", LedgerLimits.AuthorisedMax);
    }

    [Fact]
    public void Sums_of_256_legs_of_the_largest_amounts_do_not_overflow()
    {
        var max = (Int128)LedgerLimits.AuthorisedMax;
        var legs = Enumerable.Range(0, 128).SelectMany(_ => new[] { _ledger.Leg("alice", "eur", -max), _ledger.Leg("bob", "eur", max) });
        var executed = _ledger.Execute(new Deal([.. legs], string.Empty), "alice");
        Assert.Equal([Rejection.Insufficient], executed.Rejections.Select(rejection => rejection.Code));
    }

    [Fact]
    public void A_year_of_lots_moves_between_many_accounts_of_one_owner_at_a_bounded_cost()
    {
        const int Accounts = 40;
        for (var i = 0; i < 2 * Accounts; i++)
        {
            var id = _ledger.Open($"own{i}", "alice", Authority.Single(Keys.Of("alice")));
            if (i < Accounts)
            {
                var lots = Lots.From(Enumerable.Range(0, LedgerLimits.LotsMax).Select(day => Lot.Acquired(2, (19_000 + day) * Lot.SecondsPerDay)));
                _ledger.Store(new(
                    Consortium.Ledger.State.StateKey.Holding(id, _ledger.Instrument("eur")),
                    new Holding(2 * LedgerLimits.LotsMax, lots, [], default)));
            }
        }

        var legs = Enumerable.Range(0, 2 * Accounts).Select(i => _ledger.Leg($"own{i}", "eur", (i < Accounts ? -2 : 2) * LedgerLimits.LotsMax));
        var deal = _ledger.Decode(new Deal([.. legs], string.Empty), "alice");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(_ledger.Execute(deal).Accepted);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }
}
