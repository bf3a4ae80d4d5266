using Consortium.Consensus.Archiving;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;

namespace Consortium.Grains.Consensus;

/// <summary>Hands what the sequencer has done to those who keep it.</summary>
internal sealed class ActivationObserver(Archivist archivist) : ILedgerObserver
{
    public Task ReadyAsync() => archivist.ReadyAsync();

    public void OnSealed(SealedBlock block) => archivist.Add(block);

    public void OnSnapshot(SnapshotExport snapshot) => archivist.Add(snapshot);
}
