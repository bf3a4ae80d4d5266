using Consortium.Ledger.State;

namespace Consortium.Grains.Shards;

/// <inheritdoc cref="IAccountShardGrain"/>
/// <param name="context">The activation.</param>
/// <param name="network">The network.</param>
/// <param name="silo">The silo it runs on.</param>
/// <param name="shards">The shards of that silo.</param>
[GrainType("consortium.account-shard")]
public sealed class AccountShardGrain(IGrainContext context, ClusterNetwork network, ILocalSiloDetails silo, LocalShards shards)
    : StateShardGrain(ShardClass.Account, context, network, silo, shards), IAccountShardGrain;
