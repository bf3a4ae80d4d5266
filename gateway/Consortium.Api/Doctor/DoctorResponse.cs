namespace Consortium.Api;

/// <summary>The state of a network's parts as they answered a gateway within a few seconds; <c>consortium doctor</c> judges it.</summary>
/// <param name="NetworkId">The network's id.</param>
/// <param name="Status">The gateway's node: <c>starting</c>, <c>ordering</c>, <c>following</c>, <c>draining</c> or <c>stopped</c>.</param>
/// <param name="TimeMs">The gateway's clock when it had all answers, UTC milliseconds.</param>
/// <param name="ElapsedMs">Milliseconds that collecting the answers took.</param>
/// <param name="Position">The last journal entry that the gateway knows of.</param>
/// <param name="SealedHeight">The last sealed block that it knows of; 0 for none.</param>
/// <param name="SealedTimeMs">That block's time, or of the last one in the gateway's index; the genesis' when there is none.</param>
/// <param name="FinalHeight">The last final block that it knows of; 0 for none.</param>
/// <param name="FinalTimeMs">That block's time, or of the last one in the gateway's index; the genesis' when there is none.</param>
/// <param name="IndexHeight">The last block in the gateway's index.</param>
/// <param name="QueueLengthMax">Most transactions that may wait to be ordered.</param>
/// <param name="BlockIntervalMs">Milliseconds between blocks, on average.</param>
/// <param name="FinalityBlocks">Blocks' worth of work after which a block is final.</param>
/// <param name="Members">The members of the present state.</param>
/// <param name="Silos">The silos that should run.</param>
/// <param name="Shards">One per shard, in order.</param>
/// <param name="Consensus">The sequencer's answer; absent when it gave none.</param>
public sealed record DoctorResponse(
    string NetworkId,
    string Status,
    ulong TimeMs,
    ulong ElapsedMs,
    ulong Position,
    ulong SealedHeight,
    ulong SealedTimeMs,
    ulong FinalHeight,
    ulong FinalTimeMs,
    ulong IndexHeight,
    int QueueLengthMax,
    ulong BlockIntervalMs,
    uint FinalityBlocks,
    IReadOnlyList<DoctorMember> Members,
    IReadOnlyList<DoctorSilo> Silos,
    IReadOnlyList<DoctorShard> Shards,
    DoctorConsensus? Consensus = null)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static DoctorResponse FromWire(Wire.DoctorReport wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new DoctorResponse(
            wire.NetworkId,
            wire.Status,
            wire.TimeMs,
            wire.ElapsedMs,
            wire.Position,
            wire.SealedHeight,
            wire.SealedTimeMs,
            wire.FinalHeight,
            wire.FinalTimeMs,
            wire.IndexHeight,
            wire.QueueLengthMax,
            wire.BlockIntervalMs,
            wire.FinalityBlocks,
            [.. wire.Members.Select(DoctorMember.FromWire)],
            [.. wire.Silos.Select(DoctorSilo.FromWire)],
            [.. wire.Shards.Select(DoctorShard.FromWire)],
            wire.Consensus is null ? null : DoctorConsensus.FromWire(wire.Consensus));
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.DoctorReport ToWire() => new()
    {
        NetworkId = NetworkId,
        Status = Status,
        TimeMs = TimeMs,
        ElapsedMs = ElapsedMs,
        Position = Position,
        SealedHeight = SealedHeight,
        SealedTimeMs = SealedTimeMs,
        FinalHeight = FinalHeight,
        FinalTimeMs = FinalTimeMs,
        IndexHeight = IndexHeight,
        QueueLengthMax = QueueLengthMax,
        BlockIntervalMs = BlockIntervalMs,
        FinalityBlocks = FinalityBlocks,
        Members = { Members.Select(member => member.ToWire()) },
        Silos = { Silos.Select(silo => silo.ToWire()) },
        Shards = { Shards.Select(shard => shard.ToWire()) },
        Consensus = Consensus?.ToWire(),
    };
}
