using System.Text.Json.Nodes;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Transactions;

namespace Consortium.Api;

/// <summary>Retiring as JSON.</summary>
internal sealed class RetireJson : BodyJson<Retire>
{
    public override TransactionKind Kind => TransactionKind.Retire;

    public override string Fields => "asset (ast1…), from (acc1…), amount (decimal string)";

    public override TransactionBody Example => new Retire(Examples.Asset, Examples.Account, new Amount(100));

    internal override TransactionBody Read(FieldReader fields) =>
        new Retire(fields.Asset("asset"), fields.Account("from"), fields.Amount("amount"));

    protected override JsonObject Write(Retire body) => new()
    {
        ["asset"] = body.Asset.ToString(),
        ["from"] = body.From.ToString(),
        ["amount"] = body.Amount.ToString(),
    };
}
