using System.Text.Json.Nodes;
using Consortium.Ledger;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Transactions;
using LedgerWire = Consortium.Ledger.Wire;

namespace Consortium.Api;

/// <summary>Registering an asset as JSON.</summary>
internal sealed class RegisterAssetJson : BodyJson<RegisterAsset>
{
    public override TransactionKind Kind => TransactionKind.RegisterAsset;

    public override string Fields =>
        "issuer (acc1…), name, kind (" + EnumText.List<LedgerWire.AssetKind>() + "), decimals, authorised (decimal string), "
        + "isin?, currency?, termsHash? (64 hexadecimal digits), finality? (ordered, sealed, final)";

    public override TransactionBody Example => new RegisterAsset(new AssetDefinition(
        Examples.Account,
        "Example bond 2031",
        LedgerWire.AssetKind.Security,
        Decimals: 2,
        new Amount(1_000_000_00),
        "US0378331005",
        "EUR",
        Digest.Sha256("terms"u8),
        LedgerWire.FinalityLevel.Final));

    internal override TransactionBody Read(FieldReader fields) => new RegisterAsset(new AssetDefinition(
        fields.Account("issuer"),
        fields.Text("name"),
        fields.Member<LedgerWire.AssetKind>("kind"),
        fields.Number("decimals", byte.MaxValue),
        fields.Amount("authorised"),
        fields.OptionalText("isin"),
        fields.OptionalText("currency"),
        fields.OptionalDigest("termsHash"),
        fields.OptionalMember<LedgerWire.FinalityLevel>("finality")));

    protected override JsonObject Write(RegisterAsset body)
    {
        var definition = AssetDefinitionJson.From(body.Definition);
        var json = new JsonObject
        {
            ["issuer"] = definition.Issuer,
            ["name"] = definition.Name,
            ["kind"] = definition.Kind,
            ["decimals"] = definition.Decimals,
            ["authorised"] = definition.Authorised,
        };
        AddOptional(json, "isin", definition.Isin);
        AddOptional(json, "currency", definition.Currency);
        AddOptional(json, "termsHash", definition.TermsHash);
        AddOptional(json, "finality", definition.Finality);
        return json;
    }

    private static void AddOptional(JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
