using Consortium.Grains.Messages;
using Orleans.CodeGeneration;

namespace Consortium.Grains.Consensus;

/// <summary>Orders transactions; one per network, with key 0.</summary>
/// <remarks>
/// Nothing relies on there being only one activation, or on calls arriving once: the journal's position check lets one activation write, and
/// transactions are known by their ids.
/// </remarks>
[Alias("consortium.consensus")]
[Version(1)]
public interface IConsensusGrain : IGrainWithIntegerKey
{
    /// <summary>Has transactions ordered.</summary>
    /// <param name="request">The transactions.</param>
    /// <returns>One answer per transaction, when all are durable or refused.</returns>
    [Alias("submit")]
    [ResponseTimeout("00:00:30")]
    Task<OrderReply> SubmitAsync(OrderRequest request);

    /// <summary>Waits, for a second at most, until the ledger is further than the caller knows, and says how far it is.</summary>
    /// <param name="request">The positions and heights that the caller knows.</param>
    /// <returns>The present positions and heights.</returns>
    [Alias("follow")]
    [ResponseTimeout("00:00:05")]
    Task<FollowReply> FollowAsync(FollowRequest request);

    /// <summary>Finds a transaction that an index may not have yet.</summary>
    /// <param name="id">The 32-byte id.</param>
    /// <returns>Its place, or the height up to which to look.</returns>
    [Alias("find")]
    [ResponseTimeout("00:00:05")]
    Task<FoundTransaction> FindAsync(byte[] id);

    /// <summary>The roots of all shards at a recent cut.</summary>
    /// <param name="height">The block.</param>
    /// <returns>One root per shard, or none when the cut is older than those kept or was not made yet.</returns>
    [Alias("shard-roots")]
    [ResponseTimeout("00:00:05")]
    Task<Blobs> ShardRootsAsync(ulong height);
}
