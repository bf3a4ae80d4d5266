using Consortium.Consensus.Ports;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.State;

namespace Consortium.Grains.Shards;

/// <summary>Finds the grain of a shard.</summary>
public static class ShardGrains
{
    /// <summary>The grain of a shard.</summary>
    /// <param name="grains">Makes references to grains.</param>
    /// <param name="number">The shard's number among the shards of all classes.</param>
    /// <param name="shardCount">The genesis' shard count: shards per class.</param>
    /// <returns>The grain.</returns>
    public static IStateShardGrain Get(IGrainFactory grains, int number, int shardCount)
    {
        var place = ShardPlace.FromNumber(number, shardCount);
        return place.Class switch
        {
            ShardClass.Governance => grains.GetGrain<IGovernanceShardGrain>(place.Index),
            ShardClass.Asset => grains.GetGrain<IAssetShardGrain>(place.Index),
            ShardClass.Account => grains.GetGrain<IAccountShardGrain>(place.Index),
        };
    }

    /// <summary>All shards of a network, as the roles see them.</summary>
    /// <param name="grains">Makes references to grains.</param>
    /// <param name="local">The shards that run in this process.</param>
    /// <param name="genesis">The network's genesis.</param>
    /// <param name="latestActivation">The latest activation of consensus that is known here; readers believe no shard of an earlier one.</param>
    /// <param name="timeProvider">Paces asking again.</param>
    /// <returns>One shard per number, in order.</returns>
    public static IReadOnlyList<IStateShard> All(
        IGrainFactory grains,
        LocalShards local,
        Genesis genesis,
        Func<ulong> latestActivation,
        TimeProvider timeProvider) =>
    [
        .. Enumerable
            .Range(0, genesis.Shards)
            .Select(number => new GrainShard(Get(grains, number, genesis.ShardCount), local, number, latestActivation, timeProvider)),
    ];
}
