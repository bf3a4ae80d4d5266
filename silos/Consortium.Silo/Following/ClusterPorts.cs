using Consortium.Consensus.Ports;
using Consortium.Grains.Consensus;
using Consortium.Grains.Shards;
using Consortium.Storage.Segments;

namespace Consortium.Silo.Following;

/// <summary>What following a cluster stands on.</summary>
/// <param name="Grains">Makes references to grains.</param>
/// <param name="Presence">What orders in this process.</param>
/// <param name="Shards">The shards that run in this process.</param>
/// <param name="Journal">The journal, for reading.</param>
/// <param name="Blocks">Opens the block log, for reading.</param>
/// <param name="Index">The ledger index of this process.</param>
/// <param name="QueueTransactionsMax">Most transactions on their way to consensus.</param>
internal sealed record ClusterPorts(
    IGrainFactory Grains,
    ConsensusPresence Presence,
    LocalShards Shards,
    IJournal Journal,
    Func<CancellationToken, ValueTask<BlockLog>> Blocks,
    ILedgerIndex Index,
    int QueueTransactionsMax);
