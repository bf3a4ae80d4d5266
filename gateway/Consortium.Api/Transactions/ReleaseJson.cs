using System.Text.Json.Nodes;
using Consortium.Ledger.Transactions;

namespace Consortium.Api;

/// <summary>Releasing as JSON.</summary>
internal sealed class ReleaseJson : BodyJson<Release>
{
    public override TransactionKind Kind => TransactionKind.Release;

    public override string Fields => "account (acc1…), instrument, deal (tx1…)";

    public override TransactionBody Example => new Release(Examples.Account, Examples.Use, Examples.Transaction);

    internal override TransactionBody Read(FieldReader fields) =>
        new Release(fields.Account("account"), fields.Instrument("instrument"), fields.Transaction("deal"));

    protected override JsonObject Write(Release body) => new()
    {
        ["account"] = body.Account.ToString(),
        ["instrument"] = body.Instrument.ToString(),
        ["deal"] = body.Deal.ToString(),
    };
}
