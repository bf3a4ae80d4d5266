using System.Text.Json.Nodes;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Transactions;

namespace Consortium.Api;

/// <summary>Issuing as JSON.</summary>
internal sealed class IssueJson : BodyJson<Issue>
{
    public override TransactionKind Kind => TransactionKind.Issue;

    public override string Fields => "asset (ast1…), to (acc1…), amount (decimal string)";

    public override TransactionBody Example => new Issue(Examples.Asset, Examples.Account, new Amount(100));

    internal override TransactionBody Read(FieldReader fields) =>
        new Issue(fields.Asset("asset"), fields.Account("to"), fields.Amount("amount"));

    protected override JsonObject Write(Issue body) => new()
    {
        ["asset"] = body.Asset.ToString(),
        ["to"] = body.To.ToString(),
        ["amount"] = body.Amount.ToString(),
    };
}
