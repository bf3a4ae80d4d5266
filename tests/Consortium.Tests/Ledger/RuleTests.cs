using Consortium.Ledger;
using Consortium.Ledger.Transactions;

namespace Consortium.Tests.Ledger;

public sealed class RuleTests
{
    // The fault of these is the whole request: only another transaction would pass, so there is no remedy.
    private static readonly SortedSet<Rejection> WithoutRemedy = [];

    public static TheoryData<TransactionKind> Kinds => [.. Enum.GetValues<TransactionKind>()];

    public static TheoryData<string> Rows => [.. RuleRows.All.Select(row => row.ToString())];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_good_transaction_of_each_kind_happens(TransactionKind kind)
    {
        var ledger = new LedgerFixture();
        var good = GoodTransactions.Of(kind, ledger);
        var before = ledger.StateText;
        ledger.Accept(good.Body, good.Signers);
        Assert.False(string.Equals(before, ledger.StateText, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_broken_transaction_is_rejected_with_every_rule_it_breaks_and_changes_nothing(string name)
    {
        var row = RuleRows.All.Single(row => row.ToString() == name);
        var ledger = new LedgerFixture();
        var attempt = row.Break(ledger, GoodTransactions.Of(row.Kind, ledger));
        var before = ledger.StateText;

        var executed = ledger.Execute(attempt.Body, attempt.Signers);

        Assert.Equal(row.Expected, executed.Rejections.Select(rejection => (rejection.Code, rejection.Subject)));
        Assert.Equal(before, ledger.StateText);
        Assert.All(executed.Rejections, rejection =>
        {
            Assert.Equal(WithoutRemedy.Contains(rejection.Code), rejection.Remedy.Length == 0);
            Assert.All(rejection.Inputs, input => Assert.True(input.Name.Length > 0 && input.Value.Length > 0, input.ToString()));
        });
    }

    [Fact]
    public void Every_rejection_is_provoked_by_a_row() => Assert.Equal(
        Enum.GetValues<Rejection>(),
        RuleRows.All.SelectMany(row => row.Expected.Select(expected => expected.Code)).Distinct().Order());

    [Fact]
    public void The_rows_of_each_kind_stand_in_order_of_precedence()
    {
        foreach (var rows in RuleRows.All.Where(row => row.Expected.Length == 1).GroupBy(row => row.Kind))
        {
            var codes = rows.Select(row => row.Expected[0].Code).ToArray();
            Assert.Equal(codes.Order(), codes);
        }
    }

    [Fact]
    public void Rejections_are_declared_in_order_of_precedence_and_each_has_a_rule_of_its_own()
    {
        var names = Enum.GetNames<Rejection>();
        Assert.Equal(names.Select(Enum.Parse<Rejection>).Order(), names.Select(Enum.Parse<Rejection>));
        Assert.Equal(names.Length, names.Select(name => Enum.Parse<Rejection>(name).Rule()).Distinct(StringComparer.Ordinal).Count());
    }
}
