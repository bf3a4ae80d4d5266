using System.CommandLine;
using Consortium.Api;
using Consortium.Ledger;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Identifiers;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Cli.Commands;

/// <summary>Registers an asset.</summary>
internal sealed class AssetRegisterCommand : TransactionVerb
{
    private readonly Option<AccountId> _issuer =
        Ids.Account("--issuer", "The account whose keys sign, and whose owner owes what is outstanding").Required();

    private readonly Option<string> _name = new("--name") { Description = "Its name", HelpName = "TEXT", Required = true };

    private readonly Option<Wire.AssetKind> _kind = Typed.Option<Wire.AssetKind>(
        "--kind",
        "KIND",
        $"What it is: {Kinds}",
        TryReadKind,
        $"one of: {Kinds}").Required();

    private readonly Option<string> _authorised = new("--authorised")
    {
        Description = "Most that may ever be outstanding, in display units",
        HelpName = "DECIMAL",
        Required = true,
    };

    private readonly Option<int?> _decimals = new("--decimals")
    {
        Description = "Decimals of the display unit [default: the currency's, or 0]",
        HelpName = "N",
    };

    private readonly Option<string?> _currency = new("--currency") { Description = "ISO 4217 code, for example EUR", HelpName = "CODE" };
    private readonly Option<string?> _isin = new("--isin") { Description = "ISO 6166", HelpName = "ISIN" };
    private readonly Option<string?> _terms = new("--terms") { Description = "The legal terms; the asset's id commits to this file's SHA-256", HelpName = "FILE" };

    private readonly Option<Wire.FinalityLevel> _finality = Typed.Option<Wire.FinalityLevel>(
        "--finality",
        "LEVEL",
        "The finality from which holders should rely on a deal: ordered, sealed or final",
        EnumText.TryRead,
        "one of: ordered, sealed, final");

    public AssetRegisterCommand()
        : base(KindPaths.Word("register_asset"), "Register an asset and open its issuance account; signed by the issuer")
    {
        _decimals.RequireRange(0, LedgerLimits.DecimalsMax);
        foreach (var option in (Option[])[_issuer, _name, _kind, _authorised, _decimals, _currency, _isin, _terms, _finality])
        {
            Options.Add(option);
        }
    }

    private static string Kinds => string.Join(
        ", ",
        Enum.GetValues<Wire.AssetKind>().Where(kind => kind != Wire.AssetKind.Unspecified).Select(EnumText.Write));

    protected override async Task<TransactionBody> ComposeAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var currency = context.Optional(_currency) ?? string.Empty;
        var decimals = (uint)(context.Optional(_decimals) ?? MinorUnits(currency));
        var terms = context.Optional(_terms) is { } path
            ? Digest.Sha256(await File.ReadAllBytesAsync(path, cancellationToken))
            : default;
        return new RegisterAsset(new AssetDefinition(
            context.Required(_issuer),
            context.Required(_name),
            context.Required(_kind),
            decimals,
            AmountOptions.Parse(context.Required(_authorised), decimals),
            context.Optional(_isin) ?? string.Empty,
            currency,
            terms,
            context.Optional(_finality)));
    }

    private static int MinorUnits(string code)
    {
        if (code.Length == 0)
        {
            return 0;
        }

        return CurrencyCode.TryParse(code, out var currency) ? currency.MinorUnits ?? 0 : throw new UsageException(
            $"'{code}' given for --currency is not an active currency code of ISO 4217.",
            "Give three capital letters, for example EUR.");
    }

    private static bool TryReadKind(string? text, out Wire.AssetKind kind) =>
        EnumText.TryRead(text, out kind) && kind != Wire.AssetKind.Unspecified;
}
