using Orleans.CodeGeneration;

namespace Consortium.Grains.Shards;

/// <summary>A state shard of the records that members decide on together; at present the members themselves.</summary>
[Alias("consortium.governance-shard")]
[Version(1)]
public interface IGovernanceShardGrain : IStateShardGrain;
