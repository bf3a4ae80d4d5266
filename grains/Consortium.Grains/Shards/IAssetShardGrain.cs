namespace Consortium.Grains.Shards;

/// <summary>A state shard of assets.</summary>
[Alias("consortium.asset-shard")]
public interface IAssetShardGrain : IStateShardGrain;
