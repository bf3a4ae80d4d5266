using Consortium.Consensus.Ports;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>Every change that goes to a shard leaves a timer behind.</summary>
internal sealed class Leak : Defect
{
    private static readonly TimeSpan Timeout = TimeSpan.FromDays(1);

    public override IStateShard Shard(IStateShard shard, int number, ConsensusActivation activation) => new Leaking(shard, activation.Process.Clock);

    private sealed class Leaking(IStateShard shard, TimeProvider clock) : ShardDecorator(shard)
    {
        public override ValueTask ApplyAsync(Epoch epoch, ShardWrites writes, CancellationToken cancellationToken)
        {
            for (var i = 0; i < writes.Values.Count; i++)
            {
                _ = Task.Delay(Timeout, clock, CancellationToken.None);
            }

            return base.ApplyAsync(epoch, writes, cancellationToken);
        }
    }
}
