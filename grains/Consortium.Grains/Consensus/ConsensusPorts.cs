using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;

namespace Consortium.Grains.Consensus;

/// <summary>The storage and the limits that the sequencer of a silo works with; all silos of a cluster share the storage.</summary>
/// <param name="Journal">The journal.</param>
/// <param name="Snapshots">The snapshots.</param>
/// <param name="Archive">Opens the block log and finds its present height.</param>
/// <param name="Options">Bounds of queues, batches, blocks and snapshots.</param>
/// <param name="StopProcess">Ends the process, because the ledger broke its own rule.</param>
public sealed record ConsensusPorts(
    IJournal Journal,
    ISnapshotStore Snapshots,
    Func<CancellationToken, ValueTask<IBlockArchive>> Archive,
    SequencerOptions Options,
    Action StopProcess);
