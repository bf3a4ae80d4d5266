using Consortium.Consensus.Ports;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>A batch's changes now and then do not come to a shard, which counts the batch as applied.</summary>
internal sealed class SkipScatter : Defect
{
    private const int Every = 50;

    private int _applied;

    public override IStateShard Shard(IStateShard shard, int number, ConsensusActivation activation) => new Skipping(shard, this);

    private sealed class Skipping(IStateShard shard, SkipScatter defect) : ShardDecorator(shard)
    {
        public override ValueTask ApplyAsync(Epoch epoch, ShardWrites writes, CancellationToken cancellationToken) => base.ApplyAsync(
            epoch,
            ++defect._applied % Every == 0 ? writes with { Values = [] } : writes,
            cancellationToken);
    }
}
