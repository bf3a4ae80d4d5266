namespace Consortium.Api;

/// <summary>The changes of an account's holdings in one block.</summary>
/// <param name="Height">The block.</param>
/// <param name="TimeMs">Time of the block's cut.</param>
/// <param name="Lines">One per instrument that changed.</param>
public sealed record StatementBlock(ulong Height, ulong TimeMs, IReadOnlyList<StatementLine> Lines)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static StatementBlock FromWire(Wire.StatementBlock wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new StatementBlock(wire.Height, wire.TimeMs, [.. wire.Lines.Select(StatementLine.FromWire)]);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.StatementBlock ToWire() => new()
    {
        Height = Height,
        TimeMs = TimeMs,
        Lines = { Lines.Select(one => one.ToWire()) },
    };
}
