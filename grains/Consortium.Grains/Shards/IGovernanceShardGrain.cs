using Orleans.CodeGeneration;

namespace Consortium.Grains.Shards;

/// <summary>A state shard of what members govern: the members themselves first.</summary>
[Alias("consortium.governance-shard")]
[Version(1)]
public interface IGovernanceShardGrain : IStateShardGrain;
