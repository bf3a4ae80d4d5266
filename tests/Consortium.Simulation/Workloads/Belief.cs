namespace Consortium.Simulation.Workloads;

/// <summary>What the clients believe became of a transaction.</summary>
internal enum Belief
{
    NotSent,
    Sent,
    Accepted,
    Rejected,
    Refused,
    Lost,
}
