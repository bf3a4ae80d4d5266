using Consortium.Consensus.Ports;
using Consortium.Consensus.Shards;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>Pledges do not come back with a snapshot, while a shard answers with the root that has them.</summary>
internal sealed class LosePledges : Defect
{
    public override IStateShard Shard(IStateShard shard, int number, ConsensusActivation activation) =>
        new Losing(shard, number, activation.Cluster.Genesis.ShardCount);

    private sealed class Losing(IStateShard shard, int number, int count) : ShardDecorator(shard)
    {
        public override async ValueTask<Digest?> RestoreAsync(
            Epoch epoch,
            ReadOnlyMemory<byte> exported,
            ulong height,
            ulong position,
            CancellationToken cancellationToken)
        {
            var whole = new StateShard(number, count);
            var root = whole.Restore(epoch, exported, height, position);
            if (root is null)
            {
                return await base.RestoreAsync(epoch, exported, height, position, cancellationToken);
            }

            var less = whole.Live().Values.Select(pair => (
                pair.Key.ToArray(),
                pair.Key.Kind == Ledger.State.StateKind.Holding ? WithoutPledges(pair.Value) : pair.Value));
            await base.RestoreAsync(epoch, StateShard.Export([.. less]), height, position, cancellationToken);
            return root;
        }

        private static byte[] WithoutPledges(byte[] holding) => (Holding.Decode(holding)! with { Pledges = [] }).Encode();
    }
}
