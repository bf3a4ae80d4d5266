using Consortium.Ledger.Accounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;

namespace Consortium.Tests.Ledger;

/// <summary>One transaction of each kind that a fresh <see cref="LedgerFixture"/> accepts.</summary>
internal static class GoodTransactions
{
    public static readonly TransactionId SomeDeal = new(Consortium.Ledger.Digest.Sha256("some deal"u8));

    public static Attempt Of(TransactionKind kind, LedgerFixture ledger) => kind switch
    {
        TransactionKind.OpenAccount => new(
            new OpenAccount(
                LedgerFixture.Bank,
                Derive.Party(LedgerFixture.Bank, "erin"),
                new Authority(2, [Keys.Of("erin"), Keys.Of("erin's clerk")]),
                ConsentRequired: false,
                Salt: "0102"),
            "bank"),
        TransactionKind.RotateKeys => new(
            new RotateKeys(ledger.Accounts["alice"], new Authority(1, [Keys.Of("alice new"), Keys.Of("alice spare")])),
            "alice"),
        TransactionKind.RegisterAsset => new(
            new RegisterAsset(ledger.Definition("Forest right") with
            {
                Kind = Consortium.Ledger.Wire.AssetKind.ForestRight,
                Isin = "US0378331005",
                TermsHash = Consortium.Ledger.Digest.Sha256("terms"u8),
                Finality = Consortium.Ledger.Wire.FinalityLevel.Final,
            }),
            "issuer"),
        TransactionKind.Issue => new(new Issue(ledger.Assets["eur"], ledger.Accounts["bob"], new Amount(200)), "issuer"),
        TransactionKind.Retire => new(
            new Retire(ledger.Assets["eur"], ledger.Accounts["alice"], new Amount(400)), "alice", "issuer"),
        TransactionKind.Deal => new(
            new Deal(
                [
                    ledger.Leg("alice", "eur", -600),
                    ledger.Leg("bob", "eur", 600),
                    ledger.Leg("bob", "rec", -50),
                    ledger.Leg("alice", "rec", 50),
                ],
                "invoice 7"),
            "alice",
            "bob"),
        TransactionKind.Pledge => new(
            new Pledge(
                ledger.Accounts["alice"],
                ledger.Instrument("eur"),
                new Amount(300),
                SomeDeal,
                ledger.Accounts["bob"],
                LedgerFixture.StartMs + 60_000),
            "alice"),
        TransactionKind.Release => AfterPledge(ledger),
        TransactionKind.SetFreeze => new(new SetFreeze(ledger.Accounts["bob"], Frozen: true, "court order 12/3"), "bank"),
    };

    private static Attempt AfterPledge(LedgerFixture ledger)
    {
        var pledge = Of(TransactionKind.Pledge, ledger);
        ledger.Accept(pledge.Body, pledge.Signers);
        return new(new Release(ledger.Accounts["alice"], ledger.Instrument("eur"), SomeDeal), "bob");
    }
}
