using Consortium.Simulation.Checkers;

namespace Consortium.Simulation.Defects;

/// <summary>The planted defects, by name.</summary>
internal static class DefectCatalogue
{
    // A recovery that meets an impossible state stops by itself; the run reports that as a crash.
    private const string Crash = "no-crash";

    /// <summary>Every defect and the checkers that may find it first.</summary>
    public static IReadOnlyList<DefectEntry> All { get; } =
    [
        new("no-position-check", [JournalChecker.Name], () => new NoPositionCheck()),
        new("ack-before-durable", [ExactlyOnceChecker.Name, FinalityChecker.Name, ReadChecker.Name], () => new AckBeforeDurable()),
        new("apply-twice", [StateRootChecker.Name, ReadChecker.Name, OutcomeChecker.Name], () => new ApplyTwice()),
        new("skip-scatter", [StateRootChecker.Name, ReadChecker.Name, OutcomeChecker.Name], () => new SkipScatter()),
        new("forget-window", [ExactlyOnceChecker.Name, SnapshotChecker.Name], () => new ForgetWindow()),
        new("snapshot-late", [SnapshotChecker.Name], () => new SnapshotLate()),
        new("header-above-target", [WorkChecker.Name], () => new HeaderAboveTarget()),
        new("time-backwards", [TimeChecker.Name], () => new TimeBackwards()),
        new("stale-read", [ReadChecker.Name], () => new StaleRead()),
        new("lose-pledges", [StateRootChecker.Name, ReadChecker.Name, OutcomeChecker.Name, Crash], () => new LosePledges()),
        new("reset-lots", [StateRootChecker.Name, ReadChecker.Name], () => new ResetLots()),
        new("finality-by-blocks", [FinalityChecker.Name], () => new FinalityByBlocks()),
        new("reject-as-accepted", [OutcomeChecker.Name], () => new RejectAsAccepted()),
        new("wrong-receipts", [ChainChecker.Name], () => new WrongReceipts()),
        new("cut-includes-next", [StateRootChecker.Name], () => new CutIncludesNext()),
        new("unfenced-shard", [StateRootChecker.Name, Crash], () => new UnfencedShard()),
        new("two-shards", [ShardChecker.Name], () => new TwoShards()),
        new("opens-early", [ReadChecker.Name], () => new OpensEarly()),
        new(
            "recovery-stops-short",
            [TimeChecker.Name, ExactlyOnceChecker.Name, OutcomeChecker.Name, ChainChecker.Name, StateRootChecker.Name, ReadChecker.Name],
            () => new RecoveryStopsShort()),
        new("stale-index", [QueryChecker.Name], () => new StaleIndex()),
        new("stuck-index", [QueryChecker.Name, NoStallChecker.Name], () => new StuckIndex()),
        new("drop-answer", [NoStallChecker.Name], () => new DropAnswer()),
        new("duplicate-at-new-place", [ExactlyOnceChecker.Name], () => new DuplicateAtNewPlace()),
        new("ordered-is-refused", [ExactlyOnceChecker.Name], () => new OrderedIsRefused()),
        new("unchecked-signatures", [ExportChecker.Name], () => new UncheckedSignatures()),
        new("leak", [MemoryChecker.Name], () => new Leak()),
    ];

    /// <summary>Makes a defect for one run.</summary>
    /// <param name="name">Its name, or <see langword="null"/> for none.</param>
    /// <exception cref="ArgumentException">No defect has that name.</exception>
    public static Defect Make(string? name) => name is null
        ? new Defect()
        : (All.FirstOrDefault(entry => entry.Name == name)
            ?? throw new ArgumentException($"'{name}' is not a planted defect. There are: {string.Join(", ", All.Select(entry => entry.Name))}.", nameof(name)))
            .Make();
}
