using Consortium.Cluster.Tests.Harness;
using Consortium.Cluster.Tests.Storage;
using Xunit.Abstractions;

namespace Consortium.Cluster.Tests.Running;

/// <summary>Silos whose ledger, snapshots and membership are in Azure Storage, for which Azurite stands in.</summary>
[Collection(OneClusterAtATime.Name)]
[Trait("Needs", "Azurite")]
public sealed class AzureFailoverTests(ITestOutputHelper output) : IAsyncLifetime
{
    // Long enough that appends fail, short enough that silos still have each other for alive.
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(3);
    private readonly Azurite _azurite = new();

    public Task InitializeAsync() => _azurite.InitializeAsync();

    public Task DisposeAsync() => _azurite.DisposeAsync();

    [Fact]
    public async Task Restarting_the_storage_loses_nothing_that_was_acknowledged()
    {
        await using var cluster = await LocalCluster.StartAsync(3, output, _azurite.Connection);
        await using var load = await ClusterLoad.StartAsync(cluster, TimeSpan.FromSeconds(60));
        await load.DuringAsync("restart the storage", RestartAsync, Away + Gaps.AfterKill);
        await load.CheckAsync();
        Assert.All(cluster.Silos, silo => Assert.True(silo.IsRunning, silo.Log));
    }

    [Fact]
    public async Task Killing_and_stopping_the_silo_that_orders_loses_nothing_that_was_acknowledged()
    {
        await using var cluster = await LocalCluster.StartAsync(3, output, _azurite.Connection);
        await using var load = await ClusterLoad.StartAsync(cluster, TimeSpan.FromSeconds(60));
        var first = await cluster.OrderingAsync();
        await load.DuringAsync(
            "kill the silo that orders",
            () =>
            {
                first.Kill();
                return Task.CompletedTask;
            },
            Gaps.AfterKill);
        var second = await cluster.OrderingAsync();
        await load.DuringAsync("stop the silo that orders", async () => Assert.Equal(0, await second.StopAsync()), Gaps.AfterStop);
        await load.CheckAsync();
    }

    [Fact]
    public async Task A_silo_that_hangs_while_it_orders_is_given_up_and_writes_nothing_when_it_wakes_up()
    {
        await using var cluster = await LocalCluster.StartAsync(3, output, _azurite.Connection);
        var hanging = await cluster.OrderingAsync();
        await using var load = await ClusterLoad.StartAsync(cluster, TimeSpan.FromSeconds(60), cluster.Silos.First(silo => silo != hanging));
        await load.DuringAsync(
            "hang the silo that orders",
            () =>
            {
                hanging.Hang();
                return Task.CompletedTask;
            },
            Gaps.AfterHang);
        hanging.WakeUp();
        Assert.NotEqual(0, await hanging.WaitForExitAsync());
        await load.CheckAsync();
    }

    private async Task RestartAsync()
    {
        await _azurite.StopAsync();
        await Task.Delay(Away);
        await _azurite.InitializeAsync();
    }
}
