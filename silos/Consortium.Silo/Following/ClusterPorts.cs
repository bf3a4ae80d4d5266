using Consortium.Consensus.Ports;
using Consortium.Grains.Consensus;
using Consortium.Storage.Segments;

namespace Consortium.Silo.Following;

/// <summary>What following a cluster stands on.</summary>
/// <param name="Grains">Makes references to grains.</param>
/// <param name="Presence">Whether this process orders.</param>
/// <param name="Journal">The journal, for reading.</param>
/// <param name="Blocks">Opens the block log, for reading.</param>
/// <param name="Index">The ledger index of this process.</param>
/// <param name="QueueTransactionsMax">Most transactions on their way to consensus.</param>
internal sealed record ClusterPorts(
    IGrainFactory Grains,
    ConsensusPresence Presence,
    IJournal Journal,
    Func<CancellationToken, ValueTask<BlockLog>> Blocks,
    ILedgerIndex Index,
    int QueueTransactionsMax);
