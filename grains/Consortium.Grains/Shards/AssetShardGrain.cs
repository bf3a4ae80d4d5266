using Consortium.Ledger.State;

namespace Consortium.Grains.Shards;

/// <inheritdoc cref="IAssetShardGrain"/>
/// <param name="context">The activation.</param>
/// <param name="network">The network.</param>
/// <param name="silo">The silo it runs on.</param>
[GrainType("consortium.asset-shard")]
public sealed class AssetShardGrain(IGrainContext context, ClusterNetwork network, ILocalSiloDetails silo)
    : StateShardGrain(ShardClass.Asset, context, network, silo), IAssetShardGrain;
