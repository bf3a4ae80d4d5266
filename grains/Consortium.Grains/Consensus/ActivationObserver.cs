using Consortium.Consensus.Archiving;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;

namespace Consortium.Grains.Consensus;

/// <summary>Passes the sequencer's sealed blocks and snapshots to the archivist.</summary>
internal sealed class ActivationObserver(Archivist archivist) : ILedgerObserver
{
    public Task ReadyAsync() => archivist.ReadyAsync();

    public void OnSealed(SealedBlock block) => archivist.Add(block);

    public void OnSnapshot(SnapshotExport snapshot) => archivist.Add(snapshot);
}
