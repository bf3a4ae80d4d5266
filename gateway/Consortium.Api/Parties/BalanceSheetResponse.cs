namespace Consortium.Api;

/// <summary>The assets and liabilities of a party after a sealed block; each liability is an asset of other parties.</summary>
/// <param name="Party"><c>pty1…</c>.</param>
/// <param name="Height">The block.</param>
/// <param name="TimeMs">Time of the block's cut.</param>
/// <param name="Assets">Positive holdings, summed over its accounts.</param>
/// <param name="Liabilities">The amounts outstanding of the assets that the party issues.</param>
/// <param name="Accounts">The accounts that the sheet sums up.</param>
public sealed record BalanceSheetResponse(
    string Party,
    ulong Height,
    ulong TimeMs,
    IReadOnlyList<BalanceSheetLine> Assets,
    IReadOnlyList<BalanceSheetLine> Liabilities,
    IReadOnlyList<BalanceSheetAccount> Accounts)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static BalanceSheetResponse FromWire(Wire.BalanceSheet wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new BalanceSheetResponse(
            wire.Party,
            wire.Height,
            wire.TimeMs,
            [.. wire.Assets.Select(BalanceSheetLine.FromWire)],
            [.. wire.Liabilities.Select(BalanceSheetLine.FromWire)],
            [.. wire.Accounts.Select(BalanceSheetAccount.FromWire)]);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.BalanceSheet ToWire() => new()
    {
        Party = Party,
        Height = Height,
        TimeMs = TimeMs,
        Assets = { Assets.Select(one => one.ToWire()) },
        Liabilities = { Liabilities.Select(one => one.ToWire()) },
        Accounts = { Accounts.Select(one => one.ToWire()) },
    };
}
