using Consortium.Ledger;
using Consortium.Ledger.Transactions;

namespace Consortium.Tests.Ledger;

/// <summary>One way to break a transaction that would otherwise be accepted.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="What">The part that is broken, shown as the test case.</param>
/// <param name="Break">Changes the ledger, the body or the signers of the good transaction.</param>
/// <param name="Expected">Codes and subjects, in order of precedence.</param>
internal sealed record RuleRow(
    TransactionKind Kind,
    string What,
    Func<LedgerFixture, Attempt, Attempt> Break,
    params (Rejection Code, string Subject)[] Expected)
{
    public override string ToString() => $"{Kind}: {What}";
}
