using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Consortium.Grains;

/// <summary>Traces and metrics of what only a cluster has; those of the roles are in <see cref="Consortium.Consensus.Sequencing.ConsensusInstruments"/>.</summary>
public static class GrainInstruments
{
    /// <summary>Name of the activity source and the meter.</summary>
    public const string Name = "Consortium.Grains";

    private static readonly Meter Meter = new(Name);

    /// <summary>Spans of carrying submissions to consensus.</summary>
    public static ActivitySource Source { get; } = new(Name);

    internal static Counter<long> ShardsUnreachable { get; } =
        Meter.CreateCounter<long>("consortium.shard.unreachable", "{call}", "Calls to shards that were not answered: what was asked may have happened.");
}
