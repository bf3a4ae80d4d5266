namespace Consortium.Api;

/// <summary>The sequencer's answer to a diagnosis.</summary>
/// <param name="Activation">Journal position at which it began.</param>
/// <param name="Position">The last journal entry.</param>
/// <param name="SealedHeight">The last sealed block; 0 for none.</param>
/// <param name="FinalHeight">The last final block; 0 for none.</param>
/// <param name="QueueLength">Transactions that wait to be ordered.</param>
public sealed record DoctorConsensus(ulong Activation, ulong Position, ulong SealedHeight, ulong FinalHeight, int QueueLength)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static DoctorConsensus FromWire(Wire.DoctorConsensus wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new DoctorConsensus(wire.Activation, wire.Position, wire.SealedHeight, wire.FinalHeight, wire.QueueLength);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.DoctorConsensus ToWire() => new()
    {
        Activation = Activation,
        Position = Position,
        SealedHeight = SealedHeight,
        FinalHeight = FinalHeight,
        QueueLength = QueueLength,
    };
}
