using Consortium.Ledger.State;

namespace Consortium.Grains.Shards;

/// <inheritdoc cref="IGovernanceShardGrain"/>
/// <param name="context">The activation.</param>
/// <param name="network">The network.</param>
/// <param name="silo">The silo it runs on.</param>
/// <param name="shards">The shards of that silo.</param>
[GrainType("consortium.governance-shard")]
public sealed class GovernanceShardGrain(IGrainContext context, ClusterNetwork network, ILocalSiloDetails silo, LocalShards shards)
    : StateShardGrain(ShardClass.Governance, context, network, silo, shards), IGovernanceShardGrain;
