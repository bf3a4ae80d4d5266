using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>A shard cuts a moment late, so that its cut includes batches of the next block.</summary>
internal sealed class CutIncludesNext : Defect
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    public override IStateShard Shard(IStateShard shard, int number, ConsensusActivation activation) => new Late(shard, activation.Process.Clock);

    private sealed class Late(IStateShard shard, TimeProvider clock) : ShardDecorator(shard)
    {
        private ulong _applied;

        public override async ValueTask ApplyAsync(Epoch epoch, ShardWrites writes, CancellationToken cancellationToken)
        {
            await base.ApplyAsync(epoch, writes, cancellationToken);
            _applied = writes.Position;
        }

        public override async ValueTask<Digest> CutAsync(
            Epoch epoch,
            ulong height,
            ulong position,
            bool takesSnapshot,
            CancellationToken cancellationToken)
        {
            await Task.Delay(Delay, clock, cancellationToken);
            return await base.CutAsync(epoch, height, Math.Max(position, _applied), takesSnapshot, cancellationToken);
        }
    }
}
