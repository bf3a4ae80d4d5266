using Consortium.Ledger;
using Consortium.Simulation.Checkers;
using Consortium.Simulation.Cluster;
using Consortium.Simulation.Engine;
using Consortium.Simulation.Faults;

namespace Consortium.Simulation.Running;

/// <summary>One run from beginning to end.</summary>
internal static class Simulation
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    // Time after the faults for outstanding answers and finality, each with more than its checker allows.
    private static readonly TimeSpan SettleMax = TimeSpan.FromMinutes(30);

    /// <summary>Runs a seed.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="trace">Gets every event as a line, or <see langword="null"/>.</param>
    /// <param name="raw">Gets the bytes of the event log, or <see langword="null"/>.</param>
    public static SimulationResult Run(SimulationRequest request, TextWriter? trace, Stream? raw = null)
    {
        var plan = new SimulationPlan(request);
        using var cluster = new SimulatedCluster(plan, trace, raw);
        try
        {
            Run(cluster);
        }
        catch (SimulationException exception)
        {
            cluster.Findings.Report("engine", exception.Message);
        }

        return new SimulationResult(
            request,
            cluster.Findings.First,
            Digest.FromBytes(cluster.Log.Finish()),
            cluster.Log.Count,
            cluster.Findings.First is null ? [] : cluster.Log.Last(),
            TimeSpan.FromTicks(cluster.Time.NowTicks),
            cluster.Checkers.Ledger.Transactions.Count,
            cluster.Checkers.Ledger.TipHeight,
            cluster.Directory.Activations,
            cluster.Totals,
            cluster.Counts);
    }

    private static void Run(SimulatedCluster cluster)
    {
        var faults = new FaultDriver(cluster);
        cluster.Time.World.Post(_ => Begin(cluster, faults), null);
        RunUntil(cluster, cluster.Plan.Duration, () => false);
        cluster.Time.World.Post(_ => Calm(cluster, faults), null);

        // With faults, less may have been sent than was planned; the rest is sent in peace.
        RunUntil(cluster, cluster.Plan.Duration + SettleMax, () => cluster.Clients.All(client => client.IsDone));
        cluster.IsEnding = true;
        var head = cluster.Checkers.Ledger.BatchPosition;
        RunUntil(
            cluster,
            TimeSpan.FromTicks(cluster.Time.NowTicks) + SettleMax,
            () => cluster.Clients.All(client => client.IsDone) && cluster.Checkers.Ledger.FinalPosition >= head && cluster.Directory.Consensus is { IsOrdering: true });
        cluster.Findings.Require(
            cluster.Checkers.Ledger.FinalPosition >= head,
            NoStallChecker.Name,
            () => $"position {head} is not final {SettleMax} after the last request; {cluster.Checkers.Ledger.FinalPosition} is");
        cluster.Time.LetPoolCatchUp();
        if (cluster.Findings.First is null)
        {
            // The storage of these checks answers at once, so they take one step and no time.
            var isDone = false;
            cluster.Time.World.Start(async () =>
            {
                await FinalChecks.RunAsync(cluster);
                isDone = true;
            });
            cluster.Time.Run(() => isDone, cluster.Time.NowTicks);
        }
    }

    private static void Begin(SimulatedCluster cluster, FaultDriver faults)
    {
        cluster.Directory.Begin();
        faults.Start();
        foreach (var client in cluster.Clients)
        {
            client.Start();
        }
    }

    private static void Calm(SimulatedCluster cluster, FaultDriver faults)
    {
        cluster.AreFaultsOver = true;
        faults.End();
        cluster.Log.Append(EventKind.Note, "faults", "are over");
        cluster.Checkers.OnFaultsStopped(cluster.Now);
    }

    private static void RunUntil(SimulatedCluster cluster, TimeSpan until, Func<bool> isDone)
    {
        while (cluster.Findings.First is null && !isDone())
        {
            var next = cluster.Time.NowTicks + LookEvery.Ticks;
            if (next > until.Ticks)
            {
                return;
            }

            cluster.Time.Run(() => cluster.Findings.First is not null, next);
            cluster.Checkers.OnTime(cluster.Now);
            if (cluster.Directory.Consensus is { IsOrdering: true } consensus)
            {
                cluster.Checkers.OnSizes(consensus.Name, consensus.Sizes);
            }
        }
    }
}
