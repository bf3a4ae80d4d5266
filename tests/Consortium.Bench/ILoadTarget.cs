using Consortium.Client;
using Consortium.Client.Load;

namespace Consortium.Bench;

/// <summary>A silo or cluster that a load is put on.</summary>
internal interface ILoadTarget
{
    /// <summary>The member that opens the load's accounts.</summary>
    LoadCustodian Custodian { get; }

    /// <summary>Processor time of all its processes so far, sealing included.</summary>
    double CpuSeconds { get; }

    /// <summary>Connects with at most so many connections.</summary>
    ConsortiumClient Connect(int connections);
}
