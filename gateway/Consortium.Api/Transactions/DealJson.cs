using System.Globalization;
using System.Text.Json.Nodes;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Transactions;

namespace Consortium.Api;

/// <summary>A deal as JSON.</summary>
internal sealed class DealJson : BodyJson<Deal>
{
    // More than the ledger takes, so that it is the ledger that says how many are too many.
    private const int LegsMax = 1024;

    public override TransactionKind Kind => TransactionKind.Deal;

    public override string Fields =>
        "legs [{account (acc1…), instrument (ast1… or ast1…:use:FROM-UNTIL), amount (decimal string, negative gives)}], reference?";

    public override TransactionBody Example => new Deal(
        [
            new DealLeg(Examples.Account, Instrument.Full(Examples.Asset), -100),
            new DealLeg(Examples.OtherAccount, Instrument.Full(Examples.Asset), 100),
            new DealLeg(Examples.OtherAccount, Examples.Use, -7),
            new DealLeg(Examples.Account, Examples.Use, 7),
        ],
        "invoice 7");

    internal override TransactionBody Read(FieldReader fields)
    {
        var legs = new List<DealLeg>();
        foreach (var leg in fields.Children("legs", LegsMax))
        {
            legs.Add(new DealLeg(leg.Account("account"), leg.Instrument("instrument"), leg.SignedAmount("amount")));
            leg.RefuseOthers();
        }

        return new Deal(legs, fields.OptionalText("reference"));
    }

    protected override JsonObject Write(Deal body) => new()
    {
        ["legs"] = new JsonArray([.. body.Legs.Select(leg => (JsonNode)new JsonObject
        {
            ["account"] = leg.Account.ToString(),
            ["instrument"] = leg.Instrument.ToString(),
            ["amount"] = leg.Amount.ToString(CultureInfo.InvariantCulture),
        })]),
        ["reference"] = body.Reference,
    };
}
