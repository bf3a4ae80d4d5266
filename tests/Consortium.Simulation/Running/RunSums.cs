using Consortium.Simulation.Faults;

namespace Consortium.Simulation.Running;

/// <summary>Sums over runs.</summary>
internal sealed class RunSums
{
    private readonly long[] _faults = new long[Enum.GetValues<FaultKind>().Length];

    public long Seeds { get; private set; }

    public long Failed { get; private set; }

    public TimeSpan VirtualTime { get; private set; }

    public long Events { get; private set; }

    public long Ordered { get; private set; }

    public long Submitted { get; private set; }

    public long Refused { get; private set; }

    public long Reads { get; private set; }

    public long Blocks { get; private set; }

    /// <summary>Activations of the consensus role beyond each run's first.</summary>
    public long Failovers { get; private set; }

    /// <summary>Real time of all runs together; runs at the same time are added up.</summary>
    public TimeSpan RunTime { get; private set; }

    public long Faults(FaultKind kind) => _faults[(int)kind];

    /// <summary>Adds a run.</summary>
    /// <param name="result">The result of the run.</param>
    /// <param name="realTime">Real time that the run took.</param>
    public void Add(SimulationResult result, TimeSpan realTime)
    {
        Seeds++;
        Failed += result.Finding is null ? 0 : 1;
        VirtualTime += result.VirtualTime;
        Events += result.Events;
        Ordered += result.Ordered;
        Submitted += result.Totals.Submitted;
        Refused += result.Totals.Refused;
        Reads += result.Totals.Reads;
        Blocks += (long)result.Blocks;
        Failovers += Math.Max(0, result.Activations - 1);
        RunTime += realTime;
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            _faults[(int)kind] += result.Faults[kind];
        }
    }
}
