using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>A shard lets readers in once it has the snapshot, before the journal after the snapshot is executed.</summary>
internal sealed class OpensEarly : Defect
{
    public override IStateShard Shard(IStateShard shard, int number, ConsensusActivation activation) => new Early(shard);

    private sealed class Early(IStateShard shard) : ShardDecorator(shard)
    {
        public override async ValueTask<Digest?> EndRestoreAsync(
            Epoch epoch,
            ulong height,
            ulong position,
            CancellationToken cancellationToken)
        {
            var root = await base.EndRestoreAsync(epoch, height, position, cancellationToken);
            await OpenAsync(epoch, cancellationToken);
            return root;
        }
    }
}
