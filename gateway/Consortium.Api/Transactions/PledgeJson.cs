using System.Text.Json.Nodes;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Transactions;

namespace Consortium.Api;

/// <summary>Pledging as JSON.</summary>
internal sealed class PledgeJson : BodyJson<Pledge>
{
    public override TransactionKind Kind => TransactionKind.Pledge;

    public override string Fields =>
        "account (acc1…), instrument, amount (decimal string), deal (tx1…), beneficiary (acc1…), untilMs (UTC milliseconds)";

    public override TransactionBody Example => new Pledge(
        Examples.Account,
        Examples.Use,
        new Amount(100),
        Examples.Transaction,
        Examples.OtherAccount,
        1_798_761_600_000);

    internal override TransactionBody Read(FieldReader fields) => new Pledge(
        fields.Account("account"),
        fields.Instrument("instrument"),
        fields.Amount("amount"),
        fields.Transaction("deal"),
        fields.Account("beneficiary"),
        fields.TimeMs("untilMs"));

    protected override JsonObject Write(Pledge body) => new()
    {
        ["account"] = body.Account.ToString(),
        ["instrument"] = body.Instrument.ToString(),
        ["amount"] = body.Amount.ToString(),
        ["deal"] = body.Deal.ToString(),
        ["beneficiary"] = body.Beneficiary.ToString(),
        ["untilMs"] = body.UntilMs,
    };
}
