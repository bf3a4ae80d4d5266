using Consortium.Ledger;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Transactions;

namespace Consortium.Tests.Ledger;

public sealed class PledgeTests
{
    private readonly LedgerFixture _ledger = new();

    [Fact]
    public void A_deal_uses_its_own_pledge_up_and_leaves_those_to_others()
    {
        var deal = _ledger.Decode(
            new Deal([_ledger.Leg("alice", "eur", -800), _ledger.Leg("bob", "eur", 800)], string.Empty), "alice");
        Pledge(800, deal.Id);
        Pledge(200, GoodTransactions.SomeDeal);

        var other = _ledger.Execute(new Deal([_ledger.Leg("alice", "eur", -1), _ledger.Leg("bob", "eur", 1)], string.Empty), "alice");
        var rejection = Assert.Single(other.Rejections);
        Assert.Equal(Rejection.PledgedToDeal, rejection.Code);
        Assert.Equal(
            [deal.Id.ToString(), GoodTransactions.SomeDeal.ToString()],
            rejection.Inputs.Where(input => input.Name == "deal").Select(input => input.Value),
            StringComparer.Ordinal);

        Assert.True(_ledger.Execute(deal).Accepted);
        Assert.Equal(GoodTransactions.SomeDeal, Assert.Single(_ledger.Holding("alice", "eur").Pledges).Deal);
        Assert.Equal(200, _ledger.Holding("alice", "eur").Posted);
    }

    [Fact]
    public void A_deal_that_gives_less_than_its_pledge_uses_the_whole_pledge_up()
    {
        var deal = _ledger.Decode(
            new Deal([_ledger.Leg("alice", "eur", -1), _ledger.Leg("bob", "eur", 1)], string.Empty), "alice");
        Pledge(800, deal.Id);
        Assert.True(_ledger.Execute(deal).Accepted);
        Assert.Empty(_ledger.Holding("alice", "eur").Pledges);
    }

    [Fact]
    public void A_pledge_ends_at_its_batch_time_exclusively()
    {
        Pledge(1_000, GoodTransactions.SomeDeal);
        var deal = new Deal([_ledger.Leg("alice", "eur", -1), _ledger.Leg("bob", "eur", 1)], string.Empty);
        _ledger.TimeMs = LedgerFixture.StartMs + 999;
        Assert.Equal(Rejection.PledgedToDeal, Assert.Single(_ledger.Execute(deal, "alice").Rejections).Code);
        _ledger.TimeMs = LedgerFixture.StartMs + 1_000;
        _ledger.Accept(deal, "alice");
        Assert.Empty(_ledger.Holding("alice", "eur").Pledges);
    }

    [Fact]
    public void The_beneficiary_releases_and_the_amount_is_free_again()
    {
        Pledge(1_000, GoodTransactions.SomeDeal);
        _ledger.Accept(new Release(_ledger.Accounts["alice"], _ledger.Instrument("eur"), GoodTransactions.SomeDeal), "bob");
        _ledger.Deal("eur", ("alice", -1_000), ("bob", 1_000));
    }

    [Fact]
    public void What_is_received_in_a_deal_does_not_weaken_a_pledge()
    {
        Pledge(1_000, GoodTransactions.SomeDeal);
        _ledger.Issue("eur", "alice", 5);
        _ledger.Deal("eur", ("alice", -5), ("bob", 5));
        Assert.Equal(new Amount(1_000), _ledger.Holding("alice", "eur").PledgedAt(_ledger.TimeMs));
        Assert.Equal(
            Rejection.PledgedToDeal,
            Assert.Single(_ledger.Execute(new Retire(_ledger.Assets["eur"], _ledger.Accounts["alice"], new Amount(1)), "alice", "issuer").Rejections).Code);
    }

    [Fact]
    public void Ended_pledges_make_room_for_new_ones()
    {
        for (byte i = 0; i < LedgerLimits.PledgesMax; i++)
        {
            Pledge(1, new(Digest.Sha256([i])));
        }

        _ledger.TimeMs += 1_000;
        Pledge(1_000, GoodTransactions.SomeDeal);
        Assert.Single(_ledger.Holding("alice", "eur").Pledges);
    }

    private void Pledge(UInt128 amount, Consortium.Ledger.Ids.TransactionId deal) => _ledger.Accept(
        new Pledge(_ledger.Accounts["alice"], _ledger.Instrument("eur"), new Amount(amount), deal, _ledger.Accounts["bob"], _ledger.TimeMs + 1_000),
        "alice");
}
