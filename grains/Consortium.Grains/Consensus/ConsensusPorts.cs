using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;

namespace Consortium.Grains.Consensus;

/// <summary>What ordering stands on, the same for every silo.</summary>
/// <param name="Journal">The journal.</param>
/// <param name="Snapshots">The snapshots.</param>
/// <param name="Archive">Opens the block log as it is now.</param>
/// <param name="Options">Bounds.</param>
/// <param name="StopProcess">Ends the process, because the ledger broke its own rule.</param>
public sealed record ConsensusPorts(
    IJournal Journal,
    ISnapshotStore Snapshots,
    Func<CancellationToken, ValueTask<IBlockArchive>> Archive,
    SequencerOptions Options,
    Action StopProcess);
