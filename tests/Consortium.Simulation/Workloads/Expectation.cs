namespace Consortium.Simulation.Workloads;

/// <summary>What a client expects of a transaction when it sends it. Counts use it; no checker may, because what clients believe may be wrong.</summary>
internal enum Expectation
{
    ShouldBeAccepted,
    MayBeRejected,
    MustBeRefused,
}
