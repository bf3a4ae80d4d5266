using Orleans.CodeGeneration;

namespace Consortium.Grains.Shards;

/// <summary>A state shard of assets.</summary>
[Alias("consortium.asset-shard")]
[Version(1)]
public interface IAssetShardGrain : IStateShardGrain;
