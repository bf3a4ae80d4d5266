using System.Collections.Immutable;
using Consortium.Consensus.Sequencing;
using Consortium.Simulation.Defects;
using Consortium.Simulation.Engine;
using Consortium.Simulation.Faults;

namespace Consortium.Simulation.Running;

/// <summary>The parameters of a run: drawn from its seed, and narrowed to find the cause of a failure.</summary>
internal sealed class SimulationPlan
{
    private readonly SeededRandom _random;
    private readonly ImmutableSortedSet<FaultKind> _without;
    private readonly Dictionary<FaultKind, TimeSpan> _meanBetween = [];
    private readonly int[] _driftPerMillion;
    private readonly TimeSpan[] _clockOffsets;

    /// <summary>Draws a plan.</summary>
    /// <param name="request">The seed, with the changes to its plan.</param>
    public SimulationPlan(SimulationRequest request)
    {
        Request = request;
        _without = request.Without;
        _random = SeededRandom.ForStream(request.Seed, "plan");
        Silos = 3 + _random.Next(3);
        Members = 1 + _random.Next(Silos);
        ShardCount = 1 << _random.Next(5);
        Clients = 2 + _random.Next(6);
        BlockInterval = _random.Next(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));
        HalfLife = BlockInterval * (10 + _random.Next(100));
        FinalityBlocks = 1 + _random.Next(6);
        ValidityMax = _random.Next(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(8));

        // At the easiest target two hashes are expected; how long one takes decides whether blocks come too soon or too late.
        HashTime = _random.Next(BlockInterval / 200, BlockInterval / 4);
        Duration = request.Duration ?? _random.Next(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(13));
        Transactions = request.Transactions ?? 2_100 + _random.Next(900);
        ReadPercent = 10 + _random.Next(40);
        DownMax = _random.Next(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        ClockJumpMax = _random.Next(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        OutOfTurnPerMillion = _random.Next(2) == 0 ? 0 : _random.Next(300_000);
        Sequencer = new SequencerOptions
        {
            BatchTransactionsMax = 10 + _random.Next(300),
            QueueTransactionsMax = 200 + _random.Next(2_000),
            CachedValues = 2 + _random.Next(3_000),
            SnapshotTransactions = 100 + _random.Next(900),
            CutPercent = 20 + _random.Next(60),
            StorageRetry = _random.Next(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1)),
        };
        DrawMeans();
        NetworkFaults = DrawNetwork();
        MinerFaults = new MinerFaults(
            Rate(FaultKind.MinerSilent, 200_000),
            Rate(FaultKind.MinerLate, 200_000),
            Rate(FaultKind.MinerWrong, 200_000));
        IndexLostPerMillion = Rate(FaultKind.IndexLost, 300_000);
        StorageFaults = DrawStorage();
        (_driftPerMillion, _clockOffsets) = DrawClocks();
        Defect = DefectCatalogue.Make(request.Defect);
    }

    public SimulationRequest Request { get; }

    public ulong Seed => Request.Seed;

    /// <summary>Time of all clocks when the run starts.</summary>
    public DateTimeOffset Epoch { get; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public int Silos { get; }

    public int Members { get; }

    /// <summary>Shards of each class.</summary>
    public int ShardCount { get; }

    public int Clients { get; }

    public TimeSpan BlockInterval { get; }

    public TimeSpan HalfLife { get; }

    public int FinalityBlocks { get; }

    public TimeSpan ValidityMax { get; }

    /// <summary>Time that a miner takes for one hash.</summary>
    public TimeSpan HashTime { get; }

    /// <summary>Time during which there are clients and faults; requests that are sent by then are awaited.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The least number of transactions; clients go on until they have sent as many.</summary>
    public int Transactions { get; }

    /// <summary>Mean time between two requests of all clients together, so that the transactions fill the duration.</summary>
    public TimeSpan RequestInterval => Duration * 25 / Transactions;

    public int ReadPercent { get; }

    public TimeSpan DownMax { get; }

    public TimeSpan ClockJumpMax { get; }

    public int OutOfTurnPerMillion { get; }

    public SequencerOptions Sequencer { get; }

    public NetworkFaults NetworkFaults { get; }

    public StorageFaults StorageFaults { get; }

    public MinerFaults MinerFaults { get; }

    public int IndexLostPerMillion { get; }

    public Defect Defect { get; }

    /// <summary>Mean time between two faults of a kind; zero for never.</summary>
    public TimeSpan MeanBetween(FaultKind kind) => _meanBetween[kind];

    public int DriftPerMillion(int silo) => _driftPerMillion[silo];

    public TimeSpan ClockOffset(int silo) => _clockOffsets[silo];

    private void DrawMeans()
    {
        foreach (var kind in (ReadOnlySpan<FaultKind>)
            [FaultKind.SiloKilled, FaultKind.SiloStopped, FaultKind.ConsensusMoved, FaultKind.Partition, FaultKind.ClockJumped])
        {
            var isOn = _random.Next(5) < 3;
            var mean = _random.Next(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(240));
            _meanBetween[kind] = isOn && !_without.Contains(kind) ? mean : TimeSpan.Zero;
        }
    }

    private NetworkFaults DrawNetwork() => new()
    {
        LatencyMax = _random.Next(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20)),
        SlowPerMillion = Rate(FaultKind.MessageDelayed, 20_000),
        LossPerMillion = Rate(FaultKind.MessageLost, 10_000),
        DuplicationPerMillion = Rate(FaultKind.MessageDuplicated, 50_000),
    };

    private StorageFaults DrawStorage() => new()
    {
        LatencyMax = _random.Next(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20)),
        SlowPerMillion = Rate(FaultKind.StorageSlow, 10_000),
        AppendFailedPerMillion = Rate(FaultKind.AppendFailed, 50_000),
        AppendUnknownWrittenPerMillion = Rate(FaultKind.AppendUnknownWritten, 50_000),
        AppendUnknownNotWrittenPerMillion = Rate(FaultKind.AppendUnknownNotWritten, 50_000),
        AppendLatePerMillion = Rate(FaultKind.AppendLate, 50_000),
        FullPerMillion = Rate(FaultKind.StorageFull, 10_000),
        ReadFailedPerMillion = Rate(FaultKind.ReadFailed, 50_000),
        DamagedPerMillion = Rate(FaultKind.DamagedEntry, 500),
        TornTailPerMillion = Rate(FaultKind.TornTail, 1_000_000),
        SnapshotFailedPerMillion = Rate(FaultKind.SnapshotFailed, 200_000),
        SnapshotMissingPerMillion = Rate(FaultKind.SnapshotMissing, 200_000),
        SnapshotStalePerMillion = Rate(FaultKind.SnapshotStale, 300_000),
        SnapshotDamagedPerMillion = Rate(FaultKind.SnapshotDamaged, 300_000),
        IndexFailedPerMillion = Rate(FaultKind.IndexFailed, 100_000),
    };

    private (int[] Drift, TimeSpan[] Offsets) DrawClocks()
    {
        var drifts = _random.Next(2) == 0 && !_without.Contains(FaultKind.ClockDrift);
        var drift = new int[Silos];
        var offsets = new TimeSpan[Silos];
        for (var i = 0; i < Silos; i++)
        {
            var (perMillion, offset) = (_random.Next(2_001) - 1_000, _random.Next(TimeSpan.FromMilliseconds(-500), TimeSpan.FromMilliseconds(500)));
            (drift[i], offsets[i]) = drifts ? (perMillion, offset) : (0, TimeSpan.Zero);
        }

        return (drift, offsets);
    }

    // Each kind is absent from half of the runs, so that kinds meet in all combinations. Drawn even when it is asked
    // to be absent: what else the seed decides must stay as it was.
    private int Rate(FaultKind kind, int perMillionMax)
    {
        var isOn = _random.Next(2) == 0;
        var rate = 1 + _random.Next(perMillionMax);
        return isOn && !_without.Contains(kind) ? rate : 0;
    }
}
