namespace Consortium.Cluster.Tests.Harness;

/// <summary>Tests with silos as processes: one after another, because each takes the whole machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneClusterAtATime
{
    public const string Name = "Cluster";
}
