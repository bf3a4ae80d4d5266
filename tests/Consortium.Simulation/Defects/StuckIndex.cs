using Consortium.Consensus.Ports;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>The ledger index takes no more blocks after a while, and does not say so.</summary>
internal sealed class StuckIndex : Defect
{
    private const ulong Blocks = 5;

    public override ILedgerIndex Index(ILedgerIndex index, ConsensusActivation activation) => new Stuck(index);

    private sealed class Stuck(ILedgerIndex index) : IndexDecorator(index)
    {
        public override async ValueTask AddAsync(IReadOnlyList<SealedBlock> blocks, CancellationToken cancellationToken)
        {
            if (Height >= Blocks)
            {
                await new TaskCompletionSource().Task;
            }

            await base.AddAsync(blocks, cancellationToken);
        }
    }
}
