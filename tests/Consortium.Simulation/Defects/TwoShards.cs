using Consortium.Consensus.Ports;
using Consortium.Consensus.Shards;
using Consortium.Ledger;
using Consortium.Ledger.State;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>An activation goes on with its first shard while readers are sent to another that took its place.</summary>
internal sealed class TwoShards : Defect
{
    public override IStateShard Shard(IStateShard shard, int number, ConsensusActivation activation) => new Kept(shard, number, activation);

    private sealed class Kept(IStateShard shard, int number, ConsensusActivation activation) : ShardDecorator(shard)
    {
        private LocalShard? _kept;

        // Taken hold of at the first restore; it outlives its silo.
        private LocalShard Shard => _kept ??= new LocalShard(activation.Cluster.Directory.Shard(number).Role, activation.Process.Scheduler);

        public override ValueTask RestoreAsync(Epoch epoch, int slice, ReadOnlyMemory<byte> exported, CancellationToken cancellationToken) =>
            Shard.RestoreAsync(epoch, slice, exported, cancellationToken);

        public override ValueTask<Digest?> EndRestoreAsync(
            Epoch epoch,
            ulong height,
            ulong position,
            CancellationToken cancellationToken) => Shard.EndRestoreAsync(epoch, height, position, cancellationToken);

        public override ValueTask OpenAsync(Epoch epoch, CancellationToken cancellationToken) => Shard.OpenAsync(epoch, cancellationToken);

        public override ValueTask<IReadOnlyList<byte[]?>> GatherAsync(
            Epoch epoch,
            IReadOnlyList<StateKey> keys,
            CancellationToken cancellationToken) => Shard.GatherAsync(epoch, keys, cancellationToken);

        public override ValueTask ApplyAsync(Epoch epoch, ShardWrites writes, CancellationToken cancellationToken) =>
            Shard.ApplyAsync(epoch, writes, cancellationToken);

        public override ValueTask<Digest> CutAsync(
            Epoch epoch,
            ulong height,
            ulong position,
            bool takesSnapshot,
            CancellationToken cancellationToken) => Shard.CutAsync(epoch, height, position, takesSnapshot, cancellationToken);

        public override ValueTask<byte[]?> ExportAsync(Epoch epoch, ulong height, int slice, CancellationToken cancellationToken) =>
            Shard.ExportAsync(epoch, height, slice, cancellationToken);
    }
}
