namespace Consortium.Tests.Telemetry;

/// <summary>Tests that listen to the whole process: nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ListeningCollection
{
    public const string Name = "listening";
}
