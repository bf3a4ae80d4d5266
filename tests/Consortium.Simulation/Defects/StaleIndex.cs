using Consortium.Consensus.Ports;
using Consortium.Ledger.State;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>The ledger index now and then takes a block without the holdings that the block changed.</summary>
internal sealed class StaleIndex : Defect
{
    private const ulong Every = 8;

    public override ILedgerIndex Index(ILedgerIndex index, ConsensusActivation activation) => new Missing(index);

    private sealed class Missing(ILedgerIndex index) : IndexDecorator(index)
    {
        public override ValueTask AddAsync(IReadOnlyList<SealedBlock> blocks, CancellationToken cancellationToken) => base.AddAsync(
            [.. blocks.Select(block => block.Seal.Header.Height % Every == 0
                ? block with { Changes = [.. block.Changes.Where(change => change.Key.Kind != StateKind.Holding)] }
                : block)],
            cancellationToken);
    }
}
