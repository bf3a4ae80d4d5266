namespace Consortium.Api;

/// <summary>What a party owns, or owes, of one instrument.</summary>
/// <param name="Instrument"><c>ast1…</c> or <c>ast1…:use:0-1000</c>.</param>
/// <param name="Amount">Smallest units, positive on both sides.</param>
/// <param name="Pledged">Of an asset: set aside for deals.</param>
/// <param name="Name">The asset's name.</param>
/// <param name="Decimals">The asset's decimals, for display.</param>
public sealed record BalanceSheetLine(
    string Instrument,
    string Amount,
    string Pledged,
    string? Name = null,
    uint? Decimals = null);
