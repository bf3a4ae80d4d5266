using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.State;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>Shards do as an activation asks that has been superseded.</summary>
internal sealed class UnfencedShard : Defect
{
    private readonly Dictionary<int, Epoch> _epochs = [];

    public override IStateShard Shard(IStateShard shard, int number, ConsensusActivation activation) => new Unfenced(shard, number, _epochs);

    private sealed class Unfenced(IStateShard shard, int number, Dictionary<int, Epoch> epochs) : ShardDecorator(shard)
    {
        public override ValueTask RestoreAsync(Epoch epoch, int slice, ReadOnlyMemory<byte> exported, CancellationToken cancellationToken)
        {
            if (epoch.CompareTo(epochs.GetValueOrDefault(number)) > 0)
            {
                epochs[number] = epoch;
            }

            return base.RestoreAsync(epoch, slice, exported, cancellationToken);
        }

        public override ValueTask<IReadOnlyList<byte[]?>> GatherAsync(
            Epoch epoch,
            IReadOnlyList<StateKey> keys,
            CancellationToken cancellationToken) => base.GatherAsync(epochs[number], keys, cancellationToken);

        public override ValueTask ApplyAsync(Epoch epoch, ShardWrites writes, CancellationToken cancellationToken) =>
            base.ApplyAsync(epochs[number], writes, cancellationToken);

        public override ValueTask<Digest> CutAsync(
            Epoch epoch,
            ulong height,
            ulong position,
            bool takesSnapshot,
            CancellationToken cancellationToken) => base.CutAsync(epochs[number], height, position, takesSnapshot, cancellationToken);
    }
}
