using Consortium.Ledger;
using Consortium.Simulation.Checkers;
using Consortium.Simulation.Cluster;
using Consortium.Simulation.Faults;

namespace Consortium.Simulation.Running;

/// <summary>What became of a run.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Finding">The first thing that a checker found wrong, or <see langword="null"/>.</param>
/// <param name="History">SHA-256 of the run's event log.</param>
/// <param name="Events">Events in it.</param>
/// <param name="LastEvents">The last of them, as lines.</param>
/// <param name="VirtualTime">How long it took in virtual time.</param>
/// <param name="Ordered">Transactions in the journal.</param>
/// <param name="Blocks">Sealed blocks.</param>
/// <param name="Activations">How often the consensus role was activated.</param>
/// <param name="Totals">What clients did.</param>
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
    /// <summary>Nothing is known of the run but that the simulator itself failed.</summary>
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
