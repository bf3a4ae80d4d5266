namespace Consortium.Simulation.Workloads;

/// <summary>The outcome of a transaction as the clients believe it.</summary>
internal enum Belief
{
    NotSent,
    Sent,
    Accepted,
    Rejected,
    Refused,
    Lost,
}
