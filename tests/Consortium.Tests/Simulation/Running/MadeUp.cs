using Consortium.Simulation.Checkers;
using Consortium.Simulation.Cluster;
using Consortium.Simulation.Faults;
using Consortium.Simulation.Running;

namespace Consortium.Tests.Simulation.Running;

/// <summary>Results of runs that never were.</summary>
internal static class MadeUp
{
    public static SimulationResult Clean(SimulationRequest request) => new(
        request,
        null,
        default,
        1_000,
        [],
        TimeSpan.FromMinutes(30),
        2_000,
        50,
        3,
        new RunTotals { Submitted = 2_500, Refused = 400, Reads = 70 },
        new FaultCounts());

    public static SimulationResult Failed(SimulationRequest request, string checker, params ReadOnlySpan<FaultKind> faults)
    {
        var counts = new FaultCounts();
        foreach (var kind in faults)
        {
            counts.Add(kind);
        }

        return Clean(request) with
        {
            Finding = new Finding(checker, "one thing\nand another"),
            LastEvents = ["1.0000000 Note world first", "2.0000000 Note world last"],
            Faults = counts,
        };
    }
}
