using System.Text.Json.Nodes;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;

namespace Consortium.Api;

/// <summary>Opening an account as JSON.</summary>
internal sealed class OpenAccountJson : BodyJson<OpenAccount>
{
    public override TransactionKind Kind => TransactionKind.OpenAccount;

    public override string Fields =>
        "custodian (mem1…), owner (pty1… or mem1…), authority {threshold, keys[]}, consentRequired? (false), salt? (hexadecimal, at most 32 bytes)";

    public override TransactionBody Example => new OpenAccount(
        Examples.Member,
        Derive.Party(Examples.Member),
        new Authority(1, [Examples.Key]),
        ConsentRequired: true,
        "00ff");

    internal override TransactionBody Read(FieldReader fields) => new OpenAccount(
        fields.Member("custodian"),
        fields.Party("owner"),
        fields.Authority("authority"),
        fields.OptionalFlag("consentRequired"),
        fields.OptionalHex("salt", LedgerLimits.SaltBytesMax));

    protected override JsonObject Write(OpenAccount body) => new()
    {
        ["custodian"] = body.Custodian.ToString(),
        ["owner"] = body.Owner.ToString(),
        ["authority"] = AuthorityFields.Write(body.Authority),
        ["consentRequired"] = body.ConsentRequired,
        ["salt"] = body.Salt,
    };
}
