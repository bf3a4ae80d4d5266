using Consortium.Consensus.Ports;
using Consortium.Consensus.Shards;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.State;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>Pledges do not come back with a snapshot, while a shard answers with the root that has them.</summary>
internal sealed class LosePledges : Defect
{
    public override IStateShard Shard(IStateShard shard, int number, ConsensusActivation activation) =>
        new Losing(shard, number, activation.Cluster.Genesis.ShardCount);

    private sealed class Losing(IStateShard shard, int number, int count) : ShardDecorator(shard)
    {
        private StateShard _whole = new(number, count);

        public override async ValueTask RestoreAsync(
            Epoch epoch,
            int slice,
            ReadOnlyMemory<byte> exported,
            CancellationToken cancellationToken)
        {
            if (slice == 0)
            {
                _whole = new StateShard(number, count);
            }

            _whole.Restore(epoch, slice, exported);
            var entries = new List<(byte[] Key, byte[] Value)>();
            var isWhole = ShardSlice.TryRead(exported.Span, entries);
            var less = ShardSlice.Write([.. entries.Select(entry => (entry.Key, WithoutPledges(entry.Key, entry.Value)))]);
            await base.RestoreAsync(epoch, slice, isWhole ? less : exported, cancellationToken);
        }

        public override async ValueTask<Digest?> EndRestoreAsync(
            Epoch epoch,
            ulong height,
            ulong position,
            CancellationToken cancellationToken)
        {
            await base.EndRestoreAsync(epoch, height, position, cancellationToken);
            return _whole.EndRestore(epoch, height, position);
        }

        private static byte[] WithoutPledges(byte[] key, byte[] value) =>
            key is [(byte)StateKind.Holding, ..] && Holding.Decode(value) is { } holding ? (holding with { Pledges = [] }).Encode() : value;
    }
}
