using System.Text.Json.Nodes;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Transactions;

namespace Consortium.Api;

/// <summary>Replacing an account's authority as JSON.</summary>
internal sealed class RotateKeysJson : BodyJson<RotateKeys>
{
    public override TransactionKind Kind => TransactionKind.RotateKeys;

    public override string Fields => "account (acc1…), authority {threshold, keys[]}";

    public override TransactionBody Example => new RotateKeys(Examples.Account, new Authority(1, [Examples.Key]));

    internal override TransactionBody Read(FieldReader fields) =>
        new RotateKeys(fields.Account("account"), fields.Authority("authority"));

    protected override JsonObject Write(RotateKeys body) => new()
    {
        ["account"] = body.Account.ToString(),
        ["authority"] = AuthorityFields.Write(body.Authority),
    };
}
