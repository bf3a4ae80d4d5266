namespace Consortium.Api;

/// <summary>Data of the event <c>final</c>: a block and all below it are final.</summary>
/// <param name="Position">Journal position of the sealed header that buried it, or of a later one.</param>
/// <param name="Height">The highest final block.</param>
public sealed record FinalEvent(ulong Position, ulong Height)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static FinalEvent FromWire(Wire.FinalEvent wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new FinalEvent(wire.Position, wire.Height);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.FinalEvent ToWire() => new()
    {
        Position = Position,
        Height = Height,
    };
}
