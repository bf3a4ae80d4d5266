namespace Consortium.Grains.Shards;

/// <summary>A state shard of accounts and their holdings.</summary>
[Alias("consortium.account-shard")]
public interface IAccountShardGrain : IStateShardGrain;
