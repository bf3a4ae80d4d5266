using Consortium.Ledger.Execution;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;

namespace Consortium.Tests.Ledger;

public sealed class ExecutorTests
{
    private readonly LedgerFixture _ledger = new();

    public static TheoryData<TransactionKind> Kinds => RuleTests.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void State_that_was_not_gathered_is_asked_for_key_by_key_and_the_result_is_the_same(TransactionKind kind)
    {
        var good = GoodTransactions.Of(kind, _ledger);
        var transaction = _ledger.Decode(good.Body, good.Signers);
        var view = new StateView(100);
        var executor = new Executor(view);
        ExecutedTransaction? executed;
        while ((executed = executor.TryExecute(transaction, _ledger.TimeMs)) is null)
        {
            // One key at a time, the last one asked for first: no order of answers may matter.
            Assert.Empty(executor.Written);
            var key = view.TakeMissing()[^1];
            view.Set(key, _ledger.Read(key));
        }

        Assert.True(executed.Accepted);
        var written = executor.TakeWritten();
        Assert.NotEmpty(written);
        Assert.Empty(executor.Written);
        _ledger.Accept(good.Body, good.Signers);
        Assert.All(written, change => Assert.Equal(_ledger.Read(change.Key)!.Encode(), change.Value.Encode()));
    }

    [Fact]
    public void Only_what_the_body_does_not_name_needs_a_second_run()
    {
        foreach (var kind in Enum.GetValues<TransactionKind>())
        {
            var ledger = new LedgerFixture();
            var good = GoodTransactions.Of(kind, ledger);
            var before = ledger.Retries;
            ledger.Accept(good.Body, good.Signers);
            var retries = kind is TransactionKind.Issue or TransactionKind.Retire or TransactionKind.Release or TransactionKind.SetFreeze ? 1 : 0;
            Assert.Equal((kind, retries), (kind, ledger.Retries - before));
        }
    }

    [Fact]
    public void Each_transaction_sees_all_that_came_before_it()
    {
        var view = new StateView(100);
        foreach (var (key, value) in _ledger.State)
        {
            view.Set(key, value);
        }

        foreach (var account in new[] { "bob", "carol" })
        {
            view.Set(StateKey.Holding(_ledger.Accounts[account], _ledger.Instrument("eur")), null);
        }

        var executor = new Executor(view);
        Assert.True(Pay("alice", "bob", 1_000).Accepted);
        Assert.True(Pay("bob", "carol", 1_000).Accepted);
        Assert.False(Pay("bob", "carol", 1).Accepted);
        Assert.True(Pay("carol", "alice", 1_000).Accepted);

        ExecutedTransaction Pay(string from, string to, Int128 amount) => executor.TryExecute(
            _ledger.Decode(new Deal([_ledger.Leg(from, "eur", -amount), _ledger.Leg(to, "eur", amount)], string.Empty), from, to),
            _ledger.TimeMs)!;
    }

    [Fact]
    public void A_view_forgets_what_was_not_used_for_a_generation_and_keeps_known_absence_apart()
    {
        var view = new StateView(keysPerGeneration: 2);
        var keys = _ledger.State.Select(entry => entry.Key).Take(3).ToArray();
        view.Set(keys[0], _ledger.Read(keys[0]));
        view.Set(keys[1], null);
        view.Trim();
        Assert.NotNull(view.Get(keys[0]));
        view.Set(keys[2], null);
        view.Trim();
        Assert.True(view.Knows(keys[0]));
        Assert.False(view.Knows(keys[1]));
        Assert.Null(view.Get(keys[2]));
        Assert.Empty(view.Missing);
        Assert.Null(view.Get(keys[1]));
        Assert.Equal([keys[1]], view.Missing);
    }
}
