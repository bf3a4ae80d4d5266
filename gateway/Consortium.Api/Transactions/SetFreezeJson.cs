using System.Text.Json.Nodes;
using Consortium.Ledger.Transactions;

namespace Consortium.Api;

/// <summary>Freezing and unfreezing as JSON.</summary>
internal sealed class SetFreezeJson : BodyJson<SetFreeze>
{
    public override TransactionKind Kind => TransactionKind.SetFreeze;

    public override string Fields => "account (acc1…), frozen, reason";

    public override TransactionBody Example => new SetFreeze(Examples.Account, Frozen: true, "court order 7");

    internal override TransactionBody Read(FieldReader fields) =>
        new SetFreeze(fields.Account("account"), fields.Flag("frozen"), fields.Text("reason"));

    protected override JsonObject Write(SetFreeze body) => new()
    {
        ["account"] = body.Account.ToString(),
        ["frozen"] = body.Frozen,
        ["reason"] = body.Reason,
    };
}
