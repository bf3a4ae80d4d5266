using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Transactions;

namespace Consortium.Tests.Ledger;

public sealed class AuthorityTests
{
    private readonly LedgerFixture _ledger = new();

    [Theory]
    [InlineData(false, "dora1")]
    [InlineData(false, "dora1", "alice", "bob")]
    [InlineData(true, "dora1", "dora2")]
    [InlineData(true, "dora3", "bob", "dora1")]
    [InlineData(true, "dora1", "dora2", "dora3")]
    public void Any_m_of_the_n_keys_act_and_no_others(bool accepted, params string[] signers) => Assert.Equal(
        accepted,
        _ledger.Execute(new Deal([_ledger.Leg("dora", "eur", -1), _ledger.Leg("bob", "eur", 1)], string.Empty), signers).Accepted);

    [Fact]
    public void Rotated_keys_are_remembered_latest_last_and_forgotten_past_16()
    {
        for (var i = 0; i < 20; i++)
        {
            _ledger.Accept(new RotateKeys(_ledger.Accounts["alice"], Authority.Single(Keys.Of($"alice {i}"))), i == 0 ? "alice" : $"alice {i - 1}");
        }

        Assert.Equal(Enumerable.Range(3, 16).Select(i => Keys.Of($"alice {i}")), _ledger.Account("alice").RotatedKeys);
        Assert.Equal(
            [Rejection.SignedByRotatedKey, Rejection.SignaturesInsufficient],
            Pay("alice 3").Select(rejection => rejection.Code));
        Assert.Equal([Rejection.SignaturesInsufficient], Pay("alice 2").Select(rejection => rejection.Code));
        Assert.Empty(Pay("alice 19"));
    }

    [Fact]
    public void A_key_that_comes_back_is_no_longer_a_rotated_key()
    {
        _ledger.Accept(new RotateKeys(_ledger.Accounts["alice"], Authority.Single(Keys.Of("alice new"))), "alice");
        _ledger.Accept(new RotateKeys(_ledger.Accounts["alice"], new Authority(2, [Keys.Of("alice"), Keys.Of("bob")])), "alice new");
        Assert.Equal([Keys.Of("alice new")], _ledger.Account("alice").RotatedKeys);
        Assert.Equal([Rejection.SignaturesInsufficient], Pay("alice").Select(rejection => rejection.Code));
        Assert.Empty(Pay("alice", "bob"));
    }

    [Fact]
    public void Signatures_that_suffice_are_not_spoilt_by_a_rotated_key()
    {
        _ledger.Accept(new RotateKeys(_ledger.Accounts["alice"], Authority.Single(Keys.Of("alice new"))), "alice");
        Assert.Empty(Pay("alice", "alice new"));
    }

    [Fact]
    public void Freezing_holds_in_both_directions_until_unfrozen_and_does_not_stop_rotation()
    {
        _ledger.Accept(new SetFreeze(_ledger.Accounts["alice"], Frozen: true, "order"), "bank");
        Assert.Equal([Rejection.AccountFrozen], Pay("alice").Select(rejection => rejection.Code));
        _ledger.Accept(new RotateKeys(_ledger.Accounts["alice"], Authority.Single(Keys.Of("alice new"))), "alice");
        _ledger.Accept(new SetFreeze(_ledger.Accounts["alice"], Frozen: false, "order lifted"), "bank");
        Assert.Empty(Pay("alice new"));
    }

    [Fact]
    public void Consent_is_asked_of_an_account_that_receives_one_instrument_and_gives_another()
    {
        _ledger.Deal("eur", ("alice", -10), ("carol", 10));
        var executed = _ledger.Execute(
            new Deal([_ledger.Leg("carol", "eur", -1), _ledger.Leg("bob", "eur", 1), _ledger.Leg("bob", "rec", -1), _ledger.Leg("carol", "rec", 1)], string.Empty),
            "bob");
        Assert.Equal(
            [(Rejection.SignaturesInsufficient, "legs[0].account"), (Rejection.ConsentMissing, "legs[3].account")],
            executed.Rejections.Select(rejection => (rejection.Code, rejection.Subject)));
    }

    private IReadOnlyList<Consortium.Ledger.Execution.RejectionDetail> Pay(params string[] signers) =>
        _ledger.Execute(new Deal([_ledger.Leg("alice", "eur", -1), _ledger.Leg("bob", "eur", 1)], string.Empty), signers).Rejections;
}
