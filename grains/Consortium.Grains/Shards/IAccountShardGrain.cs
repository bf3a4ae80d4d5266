using Orleans.CodeGeneration;

namespace Consortium.Grains.Shards;

/// <summary>A state shard of accounts and their holdings.</summary>
[Alias("consortium.account-shard")]
[Version(1)]
public interface IAccountShardGrain : IStateShardGrain;
