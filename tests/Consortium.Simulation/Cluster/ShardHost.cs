using Consortium.Consensus.Shards;

namespace Consortium.Simulation.Cluster;

/// <summary>Where a shard lives now: the role, in the memory of one silo.</summary>
internal sealed record ShardHost(SimulatedSilo Silo, StateShard Role);
