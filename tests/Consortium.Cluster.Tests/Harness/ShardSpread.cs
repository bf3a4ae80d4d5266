using Consortium.Ledger.Blocks;

namespace Consortium.Cluster.Tests.Harness;

/// <summary>How shards are spread over silos.</summary>
internal static class ShardSpread
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until every shard runs, and no silo has more than one more than another.</summary>
    /// <param name="grains">Grains of the cluster.</param>
    /// <param name="genesis">The network's genesis.</param>
    /// <param name="silos">How many silos there are.</param>
    public static async Task WaitUntilEvenAsync(IGrainFactory grains, Genesis genesis, int silos)
    {
        using var limit = new CancellationTokenSource(Patience);
        var management = grains.GetGrain<IManagementGrain>(0);
        var counts = await CountAsync(management);
        while (counts.Count != silos || counts.Sum() != genesis.Shards || counts.Max() - counts.Min() > 1)
        {
            Assert.False(limit.IsCancellationRequested, $"{genesis.Shards} shards on {silos} silos are {string.Join(", ", counts)}.");
            await Task.Delay(Pause);
            counts = await CountAsync(management);
        }
    }

    private static async Task<List<int>> CountAsync(IManagementGrain management) =>
    [
        .. (await management.GetDetailedGrainStatistics())
            .Where(grain => grain.GrainType.Contains("ShardGrain", StringComparison.Ordinal))
            .GroupBy(grain => grain.SiloAddress)
            .Select(group => group.Count()),
    ];
}
