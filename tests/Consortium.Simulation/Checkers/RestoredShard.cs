using Consortium.Consensus.Ports;
using Consortium.Consensus.Shards;
using Consortium.Ledger;

namespace Consortium.Simulation.Checkers;

/// <summary>Restores a shard from slices, to compare it with the one that wrote them.</summary>
internal static class RestoredShard
{
    /// <summary>Its root, or nothing when a slice is damaged.</summary>
    public static Digest? Root(int shard, int shardCount, IEnumerable<ReadOnlyMemory<byte>> slices)
    {
        var role = new StateShard(shard, shardCount);
        var epoch = new Epoch(1, 0);
        var count = 0;
        foreach (var slice in slices.DefaultIfEmpty())
        {
            role.Restore(epoch, count++, slice);
        }

        return role.EndRestore(epoch, height: 0, position: 0);
    }
}
