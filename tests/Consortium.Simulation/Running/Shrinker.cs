using System.Collections.Immutable;
using Consortium.Simulation.Faults;

namespace Consortium.Simulation.Running;

/// <summary>Looks for a smaller run in which the same checker fails: shorter, fewer transactions, fewer kinds of faults.</summary>
/// <remarks>
/// Every run is decided by its request, so is what is found. Whatever is changed moves everything after it; a change is kept when the
/// checker fails all the same, and only changes that make the run smaller are tried.
/// </remarks>
/// <param name="run">Runs a request.</param>
/// <param name="runsMax">Most runs to try.</param>
internal sealed class Shrinker(Func<SimulationRequest, SimulationResult> run, int runsMax = Shrinker.DefaultRunsMax)
{
    public const int DefaultRunsMax = 40;

    private const int TransactionsMin = 10;
    private static readonly TimeSpan DurationMin = TimeSpan.FromSeconds(10);

    // A run looks at its end every five seconds, and ends at the last look before it is over.
    private static readonly TimeSpan CutMargin = TimeSpan.FromSeconds(6);

    private SimulationResult _best = null!;

    /// <summary>Runs taken so far.</summary>
    public int Runs { get; private set; }

    /// <summary>Shrinks a failed run.</summary>
    /// <param name="failed">The failed run.</param>
    /// <returns>The smallest found; the given one when there is none smaller.</returns>
    public SimulationResult Shrink(SimulationResult failed)
    {
        _best = failed;
        SimulationResult before;
        do
        {
            before = _best;
            CutAtFailure();
            SwitchOff();
            Shorten();
            SendFewer();
        }
        while (!ReferenceEquals(before, _best) && Runs < runsMax);
        return _best;
    }

    // Up to the failure nothing changes when clients go on at the same pace: duration and transactions shrink by one factor.
    private void CutAtFailure()
    {
        var plan = new SimulationPlan(_best.Request);
        var needed = _best.VirtualTime + CutMargin;
        var transactions = (int)(needed.Ticks * (Int128)plan.Transactions / plan.Duration.Ticks) + 1;
        var duration = plan.Duration * ((double)transactions / plan.Transactions);
        if (transactions >= TransactionsMin && duration >= DurationMin && duration <= plan.Duration * 3 / 4)
        {
            Try(_best.Request with { Transactions = transactions, Duration = duration });
        }
    }

    private void Shorten()
    {
        foreach (var quarters in (ReadOnlySpan<int>)[2, 3])
        {
            TimeSpan shorter;
            do
            {
                shorter = TimeSpan.FromSeconds(Math.Floor(new SimulationPlan(_best.Request).Duration.TotalSeconds * quarters / 4));
            }
            while (shorter >= DurationMin && Try(_best.Request with { Duration = shorter }));
        }
    }

    private void SendFewer()
    {
        foreach (var quarters in (ReadOnlySpan<int>)[2, 3])
        {
            int fewer;
            do
            {
                fewer = new SimulationPlan(_best.Request).Transactions * quarters / 4;
            }
            while (fewer >= TransactionsMin && Try(_best.Request with { Transactions = fewer }));
        }
    }

    // Switches off all kinds of fault that happened, then halves of them, quarters, and so on down to each alone.
    private void SwitchOff()
    {
        for (var size = Present().Length; size > 0; size /= 2)
        {
            for (var from = 0; from < Present().Length;)
            {
                var kinds = Present().Slice(from, Math.Min(size, Present().Length - from));
                from += Try(_best.Request with { Without = _best.Request.Without.Union(kinds) }) ? 0 : size;
                if (Runs >= runsMax)
                {
                    return;
                }
            }
        }
    }

    // Drifting clocks drift from the start, and are not counted.
    private ImmutableArray<FaultKind> Present()
    {
        var plan = new SimulationPlan(_best.Request);
        var drifts = Enumerable.Range(0, plan.Silos).Any(silo => plan.DriftPerMillion(silo) != 0);
        return
        [
            .. SwitchableFaults.All.Where(kind =>
                !_best.Request.Without.Contains(kind) && (_best.Faults[kind] > 0 || (drifts && kind == FaultKind.ClockDrift))),
        ];
    }

    private bool Try(SimulationRequest request)
    {
        if (Runs >= runsMax)
        {
            return false;
        }

        Runs++;
        var result = run(request);
        if (result.Finding?.Checker != _best.Finding!.Checker)
        {
            return false;
        }

        _best = result;
        return true;
    }
}
