namespace Consortium.Cluster.Tests.Operating;

/// <summary>Tests that listen to the whole process: nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ListeningTests
{
    public const string Name = "listening";
}
