using Consortium.Cluster.Tests.Harness;
using Xunit.Abstractions;

namespace Consortium.Cluster.Tests.Running;

[Collection(OneClusterAtATime.Name)]
[Trait("Needs", "Time")]
public sealed class FailoverTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Killing_the_silo_that_orders_loses_nothing_that_was_acknowledged()
    {
        await using var cluster = await LocalCluster.StartAsync(3, output);
        await using var load = await ClusterLoad.StartAsync(cluster, TimeSpan.FromSeconds(40));
        var ordering = await cluster.OrderingAsync();
        await load.DuringAsync("kill the silo that orders", () => Run(ordering.Kill), Gaps.AfterKill);
        await load.CheckAsync();
    }

    [Fact]
    public async Task Killing_a_silo_that_follows_loses_nothing_that_was_acknowledged()
    {
        await using var cluster = await LocalCluster.StartAsync(3, output);
        await using var load = await ClusterLoad.StartAsync(cluster, TimeSpan.FromSeconds(40));
        var ordering = await cluster.OrderingAsync();
        var other = cluster.Silos.First(silo => silo != ordering);
        await load.DuringAsync("kill a silo that follows", () => Run(other.Kill), Gaps.AfterKill);
        await load.CheckAsync();
    }

    [Fact]
    public async Task Stopping_the_silo_that_orders_hands_ordering_over()
    {
        await using var cluster = await LocalCluster.StartAsync(3, output);
        await using var load = await ClusterLoad.StartAsync(cluster, TimeSpan.FromSeconds(40));
        var ordering = await cluster.OrderingAsync();
        await load.DuringAsync("stop the silo that orders", async () => Assert.Equal(0, await ordering.StopAsync()), Gaps.AfterStop);
        await load.CheckAsync();
    }

    [Fact]
    public async Task A_rolling_restart_of_all_silos_loses_nothing_that_was_acknowledged()
    {
        await using var cluster = await LocalCluster.StartAsync(3, output);
        await using var load = await ClusterLoad.StartAsync(cluster, TimeSpan.FromSeconds(100));
        foreach (var silo in cluster.Silos)
        {
            await load.DuringAsync($"stop {silo.Name}", async () => Assert.Equal(0, await silo.StopAsync()), Gaps.AfterStop);
            await load.DuringAsync($"start {silo.Name}", () => StartAsync(silo), Gaps.AfterStop);
        }

        await load.CheckAsync();
    }

    private static Task Run(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static Task StartAsync(SiloUnderTest silo)
    {
        silo.Start();
        return silo.WaitUntilReadyAsync();
    }
}
