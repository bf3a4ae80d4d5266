using Consortium.Consensus.Sequencing;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>A block counts as final when enough blocks are on top of it, whatever their work.</summary>
internal sealed class FinalityByBlocks : Defect
{
    public override LedgerHead Progress(LedgerHead now, ConsensusActivation activation)
    {
        var ledger = activation.Cluster.Checkers.Ledger;
        var blocks = (ulong)activation.Cluster.Genesis.FinalityBlocks;
        var height = now.SealedHeight > blocks ? now.SealedHeight - blocks : 0;
        return now with { FinalHeight = height, FinalPosition = ledger.BlockAt(height)?.Header.LastPosition ?? 0 };
    }
}
