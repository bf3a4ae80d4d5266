using Consortium.Ledger.State;

namespace Consortium.Grains.Shards;

/// <inheritdoc cref="IAssetShardGrain"/>
/// <param name="context">The activation.</param>
/// <param name="network">The network.</param>
/// <param name="silo">The silo it runs on.</param>
/// <param name="shards">The shards of that silo.</param>
[GrainType("consortium.asset-shard")]
public sealed class AssetShardGrain(IGrainContext context, ClusterNetwork network, ILocalSiloDetails silo, LocalShards shards)
    : StateShardGrain(ShardClass.Asset, context, network, silo, shards), IAssetShardGrain;
