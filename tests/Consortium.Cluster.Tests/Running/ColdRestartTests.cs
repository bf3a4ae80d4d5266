using Consortium.Cluster.Tests.Harness;
using Consortium.Cluster.Tests.Storage;
using Xunit.Abstractions;

namespace Consortium.Cluster.Tests.Running;

/// <summary>All silos end at once, as in a power cut, and start again: the membership table then names only silos that are dead and were not declared so.</summary>
[Collection(OneClusterAtATime.Name)]
public sealed class ColdRestartTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Needs", "Time")]
    public Task Silos_over_a_folder_order_again_and_lose_nothing() => CheckAsync(azure: null, postgres: null);

    [Fact]
    [Trait("Needs", "Azurite")]
    public async Task Silos_over_azure_storage_order_again_and_lose_nothing()
    {
        var azurite = new Azurite();
        await azurite.InitializeAsync();
        try
        {
            await CheckAsync(azurite.Connection, postgres: null);
        }
        finally
        {
            await azurite.DisposeAsync();
        }
    }

    [Fact]
    [Trait("Needs", "PostgreSQL")]
    public async Task Silos_with_membership_in_postgresql_order_again_and_lose_nothing()
    {
        var postgres = new Postgres();
        await postgres.InitializeAsync();
        try
        {
            await CheckAsync(azure: null, postgres.Connection);
        }
        finally
        {
            await postgres.DisposeAsync();
        }
    }

    private async Task CheckAsync(string? azure, string? postgres)
    {
        await using var cluster = await LocalCluster.StartAsync(3, output, azure, postgres);
        await using var load = await ClusterLoad.StartAsync(cluster, TimeSpan.FromSeconds(60));
        await load.DuringAsync("kill all silos and start them", () => RestartAsync(cluster), Gaps.AfterColdRestart);
        await load.CheckAsync();
    }

    private static Task RestartAsync(LocalCluster cluster)
    {
        foreach (var silo in cluster.Silos)
        {
            silo.Kill();
        }

        foreach (var silo in cluster.Silos)
        {
            silo.Start();
        }

        return cluster.WaitUntilReadyAsync();
    }
}
