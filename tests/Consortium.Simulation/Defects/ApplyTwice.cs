using Consortium.Consensus.Ports;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>A shard sometimes applies the previous message again, so that a late copy overwrites newer values.</summary>
internal sealed class ApplyTwice : Defect
{
    private const int Every = 10;

    private int _applied;

    public override IStateShard Shard(IStateShard shard, int number, ConsensusActivation activation) => new Repeating(shard, this);

    private sealed class Repeating(IStateShard shard, ApplyTwice defect) : ShardDecorator(shard)
    {
        private ShardWrites? _before;

        public override ValueTask ApplyAsync(Epoch epoch, ShardWrites writes, CancellationToken cancellationToken)
        {
            var late = ++defect._applied % Every == 0 ? _before : null;
            _before = writes;

            // The later of two values under one key stays.
            return base.ApplyAsync(
                epoch,
                late is null ? writes : writes with { Values = [.. writes.Values, .. late.Values] },
                cancellationToken);
        }
    }
}
