using Consortium.Ledger.Blocks;
using Consortium.Ledger.Verification;
using Consortium.Simulation.Checkers;
using Consortium.Simulation.Defects;
using Consortium.Simulation.Engine;
using Consortium.Simulation.Faults;
using Consortium.Simulation.Running;
using Consortium.Simulation.Storage;
using Consortium.Simulation.Workloads;

namespace Consortium.Simulation.Cluster;

/// <summary>Everything of one run: silos, storage, network, clients, faults, checkers.</summary>
internal sealed class SimulatedCluster : IDisposable
{
    // Every hash meets it: a run must not wait for its first block.
    private const uint EasiestTarget = 0x207fffff;

    // Answers under way and timers: fewer than 200 in any run so far. A number that grows with time soon passes this.
    private const int EventsMax = 500;

    public SimulatedCluster(SimulationPlan plan, TextWriter? trace, Stream? raw = null)
    {
        Plan = plan;
        Time = new VirtualTime(SeededRandom.ForStream(plan.Seed, "order")) { OutOfTurnPerMillion = plan.OutOfTurnPerMillion };
        Log = new EventLog(Time) { Trace = trace, Raw = raw };
        Random = SeededRandom.ForStream(plan.Seed, "cluster");
        StorageRandom = SeededRandom.ForStream(plan.Seed, "storage");
        Network = new SimulatedNetwork(Time, SeededRandom.ForStream(plan.Seed, "network"), Counts, Log) { Faults = plan.NetworkFaults };
        Genesis = SimulatedGenesis.Make(
            plan.Members,
            plan.ShardCount,
            Milliseconds(plan.BlockInterval),
            EasiestTarget,
            Milliseconds(plan.HalfLife),
            plan.FinalityBlocks,
            Milliseconds(plan.ValidityMax),
            plan.Epoch);
        Checkers = MakeCheckers();
        Journal = new JournalMedium(Time, Log);
        Journal.Durable += Checkers.OnEntry;
        Snapshots = new SnapshotMedium();
        Snapshots.Kept += Checkers.OnSnapshot;
        Driver = new WorkloadDriver(Genesis, plan.Seed);
        StorageFaults = plan.StorageFaults;
        MinerFaults = plan.MinerFaults;
        IndexLostPerMillion = plan.IndexLostPerMillion;
        Directory = new ClusterDirectory(this);
        Silos = [.. Enumerable.Range(0, plan.Silos).Select(number => new SimulatedSilo(this, number))];
        Clients = [.. Enumerable.Range(0, plan.Clients).Select(number => new SimulatedClient(this, number))];
    }

    public SimulationPlan Plan { get; }

    public VirtualTime Time { get; }

    public EventLog Log { get; }

    public SeededRandom Random { get; }

    public SeededRandom StorageRandom { get; }

    public SimulatedNetwork Network { get; }

    public Genesis Genesis { get; }

    public SimulatedSignatures Signatures { get; } = new();

    public Findings Findings { get; } = new();

    public CheckerSet Checkers { get; }

    public FaultCounts Counts { get; } = new();

    public RunTotals Totals { get; } = new();

    public JournalMedium Journal { get; }

    public SnapshotMedium Snapshots { get; }

    public WorkloadDriver Driver { get; }

    public StorageFaults StorageFaults { get; }

    public MinerFaults MinerFaults { get; set; }

    public int IndexLostPerMillion { get; set; }

    public ClusterDirectory Directory { get; }

    public IReadOnlyList<SimulatedSilo> Silos { get; }

    public IReadOnlyList<SimulatedClient> Clients { get; }

    public Defect Defect => Plan.Defect;

    public DateTimeOffset Now => Plan.Epoch.AddTicks(Time.NowTicks);

    public bool AreFaultsOver { get; set; }

    /// <summary>Whether clients shall come to an end.</summary>
    public bool IsEnding { get; set; }

    /// <summary>Whether clients shall send more: until the time is over and enough was sent.</summary>
    public bool WantsMore => !IsEnding
        && (Time.NowTicks < Plan.Duration.Ticks || Totals.Submitted < Plan.Transactions);

    public SimulatedSilo? PickGateway(SeededRandom random)
    {
        var silo = random.Pick(Silos);
        return silo.IsUp ? silo : null;
    }

    public void Count(FaultKind kind) => Counts.Add(kind);

    /// <summary>Draws whether a fault happens now; if so, it is counted.</summary>
    public bool Happens(FaultKind kind, int perMillion)
    {
        if (!Random.Happens(perMillion))
        {
            return false;
        }

        Counts.Add(kind);
        return true;
    }

    /// <summary>Something in a process failed in a way that no role allows for.</summary>
    public void OnProcessFailed(SimulatedProcess process, Exception exception) => Findings.Report(
        "no-crash",
        $"{process.Name} failed: {exception.GetType().Name}: {exception.Message}{Environment.NewLine}{exception.StackTrace}");

    public void Dispose() => Log.Dispose();

    private CheckerSet MakeCheckers() => new(
        Genesis,
        Findings,
        new CheckerOptions(
            seal => ChainRules.CheckWork(Genesis, seal, Signatures),
            () => new ChainVerifier(Signatures),
            (bytes, network) => CheckedBatch.Check(bytes, network, Signatures))
        {
            AnswerWithin = TimeSpan.FromMinutes(3),
            SealWithin = TimeSpan.FromMinutes(5),
            Most = new MemorySizes(
                Plan.Sequencer.QueueTransactionsMax,
                long.MaxValue,
                1,
                100 * Plan.FinalityBlocks,
                300,
                EventsMax),
        });

    private static TimeSpan Milliseconds(TimeSpan span) => TimeSpan.FromMilliseconds(span.Ticks / TimeSpan.TicksPerMillisecond);
}
