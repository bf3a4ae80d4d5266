namespace Consortium.Api;

/// <summary>The amount of one instrument that a party owns, or owes.</summary>
/// <param name="Instrument"><c>ast1…</c> or <c>ast1…:use:0-1000</c>.</param>
/// <param name="Amount">Smallest units, positive on both sides.</param>
/// <param name="Pledged">For an asset of the party: the part that is pledged to deals.</param>
/// <param name="Name">The asset's name.</param>
/// <param name="Decimals">The asset's decimals, for display.</param>
public sealed record BalanceSheetLine(
    string Instrument,
    string Amount,
    string Pledged,
    string? Name = null,
    uint? Decimals = null)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static BalanceSheetLine FromWire(Wire.BalanceSheetLine wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new BalanceSheetLine(
            wire.Instrument,
            wire.Amount,
            wire.Pledged,
            wire.HasName ? wire.Name : null,
            wire.HasDecimals ? wire.Decimals : null);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.BalanceSheetLine ToWire()
    {
        var wire = new Wire.BalanceSheetLine
        {
            Instrument = Instrument,
            Amount = Amount,
            Pledged = Pledged,
        };
        if (Name is not null)
        {
            wire.Name = Name;
        }

        if (Decimals is { } decimals)
        {
            wire.Decimals = decimals;
        }

        return wire;
    }
}
