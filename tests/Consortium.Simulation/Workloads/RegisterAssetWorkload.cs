using System.Globalization;
using Consortium.Ledger;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Simulation.Workloads;

/// <summary>Registers assets: money of a currency, and things; small ones that are soon used up, and the largest there can be.</summary>
internal sealed class RegisterAssetWorkload : IWorkload
{
    private static readonly (string Code, uint Decimals)[] Currencies = [("EUR", 2), ("USD", 2), ("JPY", 0), ("BHD", 3), ("CHF", 2)];
    private static readonly string[] Isins = ["US0378331005", "DE0007164600", "GB0002634946"];

    public TransactionKind Kind => TransactionKind.RegisterAsset;

    /// <summary>A missing asset spoils every deal in it, so clients send the transaction again.</summary>
    public bool AssumedWhenLost => false;

    public IntendedTransaction? Next(ClientModel model, ulong nowMs, SeededRandom random)
    {
        if (model.PickActive(random, other: null) is not { } issuer)
        {
            return null;
        }

        if (random.Happens(4 * model.Habits.FaultPerMillion))
        {
            return Faulty(issuer, model, nowMs, random);
        }

        return Register(Plan(issuer, isMoney: random.Next(3) == 0, random), model, nowMs, random);
    }

    public static ClientAsset Plan(ClientAccount issuer, bool isMoney, SeededRandom random) =>
        new(new RegisterAsset(isMoney ? Money(issuer, random) : Thing(issuer, random)), issuer, issuer.Keys);

    public IntendedTransaction Register(ClientAsset asset, ClientModel model, ulong nowMs, SeededRandom random)
    {
        var transaction = Write(asset.Body, asset.Issuer, Expectation.ShouldBeAccepted, "register", model, nowMs, random);
        transaction.Registers = asset;
        return transaction;
    }

    public void Apply(ClientModel model, IntendedTransaction transaction)
    {
        if (transaction.Registers is { } asset)
        {
            model.Believe(asset);
        }
    }

    /// <summary>An asset whose registration was rejected against expectation is registered already, unless its issuer was frozen.</summary>
    public void Doubt(ClientModel model, IntendedTransaction transaction)
    {
        if (transaction.Registers is { Issuer.Frozen: false })
        {
            Apply(model, transaction);
        }
    }

    private static AssetDefinition Money(ClientAccount issuer, SeededRandom random)
    {
        var (code, decimals) = Currencies[random.Next(Currencies.Length)];
        return Thing(issuer, random) with
        {
            Kind = Wire.AssetKind.Currency,
            Currency = code,
            Decimals = decimals,
            Isin = string.Empty,
            Authorised = new Amount(random.Next(4) == 0 ? LedgerLimits.AuthorisedMax : 1_000_000_000_000),
        };
    }

    private static AssetDefinition Thing(ClientAccount issuer, SeededRandom random) => new(
        issuer.Id,
        string.Create(CultureInfo.InvariantCulture, $"asset {random.NextUInt64():x16}"),
        (Wire.AssetKind)(2 + random.Next(6)),
        (uint)random.Next(LedgerLimits.DecimalsMax + 1),
        new Amount(random.Next(4) switch
        {
            0 => 50_000,
            1 => LedgerLimits.AuthorisedMax,
            _ => (UInt128)random.Next(1_000_000, 1_000_000_000_000),
        }),
        random.Next(3) == 0 ? Isins[random.Next(Isins.Length)] : string.Empty,
        Currency: string.Empty,
        random.Next(2) == 0 ? default : Digest.Sha256("terms"u8),
        (Wire.FinalityLevel)random.Next(4));

    private static (AssetDefinition Definition, string What) Spoil(AssetDefinition good, ClientModel model, SeededRandom random) => random.Next(12) switch
    {
        0 => (good with { Name = string.Empty }, "name empty"),
        1 => (good with { Name = Unusable.LongText }, "name too long"),
        2 => (good with { Kind = (Wire.AssetKind)(8 * random.Next(2)) }, "kind unknown"),
        3 => (good with { Decimals = LedgerLimits.DecimalsMax + 1 }, "decimals too many"),
        4 => (good with { Authorised = new Amount(LedgerLimits.AuthorisedMax + 1) }, "authorised too much"),
        5 => (good with { Authorised = default }, "nothing authorised"),
        6 => (good with { Isin = "US0378331006" }, "isin invalid"),
        7 => (good with { Currency = "XXQ" }, "currency unknown"),
        8 => (good with { Currency = "EUR", Decimals = 5 }, "currency decimals differ"),
        9 => (good with { Finality = (Wire.FinalityLevel)4 }, "finality unknown"),
        10 when model.Assets.Count > 0 => (model.Assets[random.Next(model.Assets.Count)].Body.Definition, "registered already"),
        _ => (good with { Issuer = Unusable.Account }, "issuer unknown"),
    };

    private IntendedTransaction Faulty(ClientAccount issuer, ClientModel model, ulong nowMs, SeededRandom random)
    {
        if (random.Next(10) == 0 && model.Assets.Count > 0)
        {
            var asset = model.Assets[random.Next(model.Assets.Count)];
            return model.Writer.Write(
                this,
                new RegisterAsset(Thing(issuer, random) with { Issuer = asset.IssuanceAccount }),
                model.Signers.Clear().AddAll(asset.IssuanceKeys),
                model.ValidUntil(nowMs, random),
                Expectation.MayBeRejected,
                "issuer is an issuance account");
        }

        var (definition, what) = Spoil(Thing(issuer, random), model, random);
        var signer = model.Find(definition.Issuer) ?? issuer;
        var expectation = definition.Issuer == Unusable.Account ? Expectation.MustBeRefused : Expectation.MayBeRejected;
        return Write(new RegisterAsset(definition), signer, expectation, what, model, nowMs, random);
    }

    private IntendedTransaction Write(
        RegisterAsset body, ClientAccount issuer, Expectation expectation, string what, ClientModel model, ulong nowMs, SeededRandom random) =>
        model.Writer.Write(
            this, body, model.Signers.Clear().Add(issuer, random), model.ValidUntil(nowMs, random), expectation, what);
}
