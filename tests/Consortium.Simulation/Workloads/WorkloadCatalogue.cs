namespace Consortium.Simulation.Workloads;

/// <summary>The workload of each kind of transaction; a new kind appends a line here.</summary>
internal static class WorkloadCatalogue
{
    /// <summary>Every workload, with the bounds between which a run draws its weight.</summary>
    public static IReadOnlyList<WorkloadEntry> All { get; } = Make();

    public static OpenAccountWorkload OpenAccount => (OpenAccountWorkload)All[0].Workload;

    public static RegisterAssetWorkload RegisterAsset => (RegisterAssetWorkload)All[2].Workload;

    public static IssueWorkload Issue => (IssueWorkload)All[3].Workload;

    private static WorkloadEntry[] Make()
    {
        var deals = new DealWorkload();
        return
        [
            new(new OpenAccountWorkload(), 2, 40),
            new(new RotateKeysWorkload(), 2, 40),
            new(new RegisterAssetWorkload(), 1, 15),
            new(new IssueWorkload(), 10, 150),
            new(new RetireWorkload(), 10, 100),
            new(deals, 300, 2_000),
            new(new PledgeWorkload(deals), 10, 200),
            new(new ReleaseWorkload(), 10, 200),
            new(new SetFreezeWorkload(), 2, 30),
        ];
    }
}
