namespace Consortium.Simulation.Workloads;

/// <summary>The outcome that a client expects when it sends a transaction. Only counts use it: clients may be wrong, so no checker may.</summary>
internal enum Expectation
{
    ShouldBeAccepted,
    MayBeRejected,
    MustBeRefused,
}
