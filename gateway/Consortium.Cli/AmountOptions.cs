using System.CommandLine;
using System.Globalization;
using Consortium.Api;
using Consortium.Client.Amounts;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Ids;

namespace Consortium.Cli;

/// <summary>The options for an amount: in display units or in smallest units.</summary>
internal sealed class AmountOptions
{
    private readonly Option<string?> _amount = new("--amount")
    {
        Description = "How much, in display units, for example 12.50; never rounded",
        HelpName = "DECIMAL",
    };

    private readonly Option<string?> _units = new("--units")
    {
        Description = "How much, in smallest units",
        HelpName = "N",
    };

    private readonly Option<uint?> _decimals = new("--decimals")
    {
        Description = "The asset's decimals, for --amount where there is no gateway to ask",
        HelpName = "N",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_amount);
        command.Options.Add(_units);
        command.Options.Add(_decimals);
    }

    /// <summary>Reads the amount, asking the gateway for the asset's decimals only when they are needed.</summary>
    public async Task<Amount> ReadAsync(VerbContext context, AssetId asset, CancellationToken cancellationToken)
    {
        var (text, units) = (context.Optional(_amount), context.Optional(_units));
        if ((text is null) == (units is null))
        {
            throw new UsageException(
                "How much is to move is given neither once by --amount nor once by --units.",
                "Give --amount 12.50 in display units, or --units 1250 in smallest units.");
        }

        if (units is not null)
        {
            return Parse(units, decimals: 0);
        }

        var decimals = context.Optional(_decimals)
            ?? (await context.Client.GetAssetAsync(asset, cancellationToken)).Definition.Decimals;
        return Parse(text, decimals);
    }

    /// <summary>Reads an amount of an asset whose decimals are known.</summary>
    public static Amount Parse(string? text, uint decimals)
    {
        var fault = DisplayAmount.TryParse(text, decimals, out var units);
        if (fault is null && units == 0)
        {
            fault = "The amount is zero: nothing would move.";
        }

        return fault is null ? new Amount(units) : throw new UsageException(
            fault,
            decimals == 0 ? "Give whole units." : $"Give at most {decimals} decimals.");
    }

    /// <summary>Shows an amount that the API gave in smallest units.</summary>
    public static string Show(string units, uint? decimals) =>
        decimals is { } known && Int128.TryParse(units, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? DisplayAmount.Format(number, known)
            : units;

    /// <summary>Shows an instrument, by its asset's name where that is known.</summary>
    public static string ShowInstrument(string instrument, string? name) => name is null ? instrument : $"{name} ({instrument})";

    /// <summary>Shows a line's posted, pledged and available amounts.</summary>
    public static string[] ShowLine(BalanceLine line) =>
    [
        ShowInstrument(line.Instrument, line.Name),
        Show(line.Posted, line.Decimals),
        Show(line.Pledged, line.Decimals),
        Show(line.Available, line.Decimals),
    ];
}
