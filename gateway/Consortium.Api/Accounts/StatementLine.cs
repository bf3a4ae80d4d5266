namespace Consortium.Api;

/// <summary>The change of one holding in one block: opening and closing amount, and the difference.</summary>
/// <param name="Instrument"><c>ast1…</c> or <c>ast1…:use:0-1000</c>.</param>
/// <param name="Opening">Posted before the block, smallest units.</param>
/// <param name="Change">Closing less opening; 0 when only pledges changed.</param>
/// <param name="Closing">Posted after the block.</param>
/// <param name="Pledged">Pledged after the block, at the block's time.</param>
public sealed record StatementLine(string Instrument, string Opening, string Change, string Closing, string Pledged)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static StatementLine FromWire(Wire.StatementLine wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new StatementLine(wire.Instrument, wire.Opening, wire.Change, wire.Closing, wire.Pledged);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.StatementLine ToWire() => new()
    {
        Instrument = Instrument,
        Opening = Opening,
        Change = Change,
        Closing = Closing,
        Pledged = Pledged,
    };
}
