namespace Consortium.Api;

/// <summary>Whether a shard answered a read.</summary>
/// <param name="Number">The shard's number among the shards of all classes.</param>
/// <param name="ElapsedMs">Milliseconds until the answer came, or until waiting for it was given up.</param>
/// <param name="Position">Journal position of the last batch that wrote to the shard; absent when the shard did not answer.</param>
/// <param name="Fault">Why the shard did not answer; absent when it did.</param>
public sealed record DoctorShard(int Number, ulong ElapsedMs, ulong? Position = null, string? Fault = null)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static DoctorShard FromWire(Wire.DoctorShard wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new DoctorShard(
            wire.Number,
            wire.ElapsedMs,
            wire.HasPosition ? wire.Position : null,
            wire.HasFault ? wire.Fault : null);
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.DoctorShard ToWire()
    {
        var wire = new Wire.DoctorShard { Number = Number, ElapsedMs = ElapsedMs };
        if (Position is { } position)
        {
            wire.Position = position;
        }

        if (Fault is not null)
        {
            wire.Fault = Fault;
        }

        return wire;
    }
}
