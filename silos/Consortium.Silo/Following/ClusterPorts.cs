using Consortium.Consensus.Ports;
using Consortium.Grains.Consensus;
using Consortium.Grains.Shards;
using Consortium.Storage.Segments;

namespace Consortium.Silo.Following;

/// <summary>The grains and the storage that a following node reads from and writes to.</summary>
/// <param name="Grains">Makes references to grains.</param>
/// <param name="Presence">The activation of the sequencer in this process, if it runs here.</param>
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
