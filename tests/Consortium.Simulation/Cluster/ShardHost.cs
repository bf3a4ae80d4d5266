using Consortium.Consensus.Shards;

namespace Consortium.Simulation.Cluster;

/// <summary>A shard with the silo in whose memory it lives.</summary>
internal sealed record ShardHost(SimulatedSilo Silo, StateShard Role);
