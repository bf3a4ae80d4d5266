using Google.Protobuf;

namespace Consortium.Api;

/// <summary>The network's parameters and members, and the positions and heights that it has reached.</summary>
/// <param name="Name">The display name.</param>
/// <param name="NetworkId">SHA-256 of the genesis, hexadecimal; every payload carries it.</param>
/// <param name="Genesis">Canonical bytes of the genesis, base64.</param>
/// <param name="Status">starting, following, ordering, draining or stopped.</param>
/// <param name="Position">The last journal entry.</param>
/// <param name="TimeMs">The last batch time or cut.</param>
/// <param name="SealedHeight">The last sealed block; 0 for none.</param>
/// <param name="FinalHeight">The last final block; 0 for none.</param>
/// <param name="QueueLength">Transactions that wait to be ordered.</param>
/// <param name="TargetCompact">Target of the last sealed block, or the first target, as nBits.</param>
/// <param name="Target">The same, 64 hexadecimal digits.</param>
/// <param name="ShardCount">Shards of each class of the state.</param>
/// <param name="GenesisTimeMs">UTC milliseconds of the genesis; no batch has an earlier time.</param>
/// <param name="BlockIntervalMs">Time between blocks that the target aims at.</param>
/// <param name="HalfLifeMs">ASERT half-life.</param>
/// <param name="FinalityBlocks">Blocks' worth of work that make a block final.</param>
/// <param name="ValidityMaxMs">Longest time from order to valid_until.</param>
/// <param name="Members">The members.</param>
/// <param name="Limits">Bounds.</param>
public sealed record NetworkResponse(
    string Name,
    string NetworkId,
    string Genesis,
    string Status,
    ulong Position,
    ulong TimeMs,
    ulong SealedHeight,
    ulong FinalHeight,
    int QueueLength,
    uint TargetCompact,
    string Target,
    int ShardCount,
    ulong GenesisTimeMs,
    ulong BlockIntervalMs,
    ulong HalfLifeMs,
    uint FinalityBlocks,
    ulong ValidityMaxMs,
    IReadOnlyList<MemberResponse> Members,
    LimitsResponse Limits)
{
    /// <summary>Reads the message of the gRPC API.</summary>
    /// <param name="wire">The message.</param>
    /// <returns>The same as the API's JSON has it.</returns>
    public static NetworkResponse FromWire(Wire.Network wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        return new NetworkResponse(
            wire.Name,
            wire.NetworkId,
            wire.Genesis.ToBase64(),
            wire.Status,
            wire.Position,
            wire.TimeMs,
            wire.SealedHeight,
            wire.FinalHeight,
            wire.QueueLength,
            wire.TargetCompact,
            wire.Target,
            wire.ShardCount,
            wire.GenesisTimeMs,
            wire.BlockIntervalMs,
            wire.HalfLifeMs,
            wire.FinalityBlocks,
            wire.ValidityMaxMs,
            [.. wire.Members.Select(MemberResponse.FromWire)],
            LimitsResponse.FromWire(wire.Limits ?? new()));
    }

    /// <summary>Writes the message of the gRPC API.</summary>
    /// <returns>The message.</returns>
    public Wire.Network ToWire() => new()
    {
        Name = Name,
        NetworkId = NetworkId,
        Genesis = ByteString.FromBase64(Genesis),
        Status = Status,
        Position = Position,
        TimeMs = TimeMs,
        SealedHeight = SealedHeight,
        FinalHeight = FinalHeight,
        QueueLength = QueueLength,
        TargetCompact = TargetCompact,
        Target = Target,
        ShardCount = ShardCount,
        GenesisTimeMs = GenesisTimeMs,
        BlockIntervalMs = BlockIntervalMs,
        HalfLifeMs = HalfLifeMs,
        FinalityBlocks = FinalityBlocks,
        ValidityMaxMs = ValidityMaxMs,
        Members = { Members.Select(one => one.ToWire()) },
        Limits = Limits.ToWire(),
    };
}
