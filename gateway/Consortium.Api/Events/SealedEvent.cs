namespace Consortium.Api;

/// <summary>Data of the event <c>sealed</c>: a block has valid work.</summary>
/// <param name="Position">Journal position of the sealed header.</param>
/// <param name="Height">The block.</param>
/// <param name="Hash">Its hash, hexadecimal.</param>
/// <param name="TimeMs">Time of the cut.</param>
/// <param name="LastPosition">Batches up to this position are sealed.</param>
/// <param name="TransactionCount">Transactions in the block.</param>
/// <param name="Producer">The member that did the work.</param>
public sealed record SealedEvent(
    ulong Position,
    ulong Height,
    string Hash,
    ulong TimeMs,
    ulong LastPosition,
    uint TransactionCount,
    string Producer)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static SealedEvent FromWire(Wire.SealedEvent wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new SealedEvent(
            wire.Position,
            wire.Height,
            wire.Hash,
            wire.TimeMs,
            wire.LastPosition,
            wire.TransactionCount,
            wire.Producer);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.SealedEvent ToWire() => new()
    {
        Position = Position,
        Height = Height,
        Hash = Hash,
        TimeMs = TimeMs,
        LastPosition = LastPosition,
        TransactionCount = TransactionCount,
        Producer = Producer,
    };
}
