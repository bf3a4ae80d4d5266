using Consortium.Ledger;
using Consortium.Simulation.Checkers;
using Consortium.Simulation.Cluster;
using Consortium.Simulation.Faults;

namespace Consortium.Simulation.Running;

/// <summary>The result of a run.</summary>
/// <param name="Request">The request.</param>
/// <param name="Finding">The first thing that a checker found wrong, or <see langword="null"/>.</param>
/// <param name="History">SHA-256 of the run's event log.</param>
/// <param name="Events">Events in it.</param>
/// <param name="LastEvents">The last of them, as lines.</param>
/// <param name="VirtualTime">Virtual time that the run took.</param>
/// <param name="Ordered">Transactions in the journal.</param>
/// <param name="Blocks">Sealed blocks.</param>
/// <param name="Activations">Number of activations of the sequencer.</param>
/// <param name="Totals">Counts of the clients' transactions and reads.</param>
/// <param name="Faults">Faults by kind.</param>
internal sealed record SimulationResult(
    SimulationRequest Request,
    Finding? Finding,
    Digest History,
    long Events,
    IReadOnlyList<string> LastEvents,
    TimeSpan VirtualTime,
    long Ordered,
    ulong Blocks,
    int Activations,
    RunTotals Totals,
    FaultCounts Faults)
{
    /// <summary>The result of a run in which the simulator itself failed, so that nothing else is known.</summary>
    public static SimulationResult Broken(SimulationRequest request, Exception exception) => new(
        request,
        new Finding("simulator", exception.ToString()),
        default,
        0,
        [],
        TimeSpan.Zero,
        0,
        0,
        0,
        new RunTotals(),
        new FaultCounts());
}
