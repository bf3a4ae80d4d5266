using Consortium.Cluster.Tests.Harness;
using Consortium.Ledger.Ids;
using Xunit.Abstractions;

namespace Consortium.Cluster.Tests.Running;

[Collection(OneClusterAtATime.Name)]
public sealed class GatewayHostTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_gateway_that_is_no_silo_serves_everything()
    {
        await using var cluster = await LocalCluster.StartAsync(1, output);
        var gateway = cluster.AddGateway();
        await gateway.WaitUntilReadyAsync();
        Assert.Equal("following", await gateway.StatusAsync());
        await using var load = await ClusterLoad.StartAsync(cluster, TimeSpan.FromSeconds(5), gateway);
        await load.CheckAsync();
        Assert.True(TransactionId.TryParse((await File.ReadAllLinesAsync(load.Acks))[^1], out var id));
        using var client = LocalCluster.Connect(gateway);
        var recorded = await client.GetTransactionAsync(id, default);
        Assert.Equal(id.ToString(), recorded.Receipt.TransactionId);
        Assert.NotNull(await client.ProveTransactionAsync(id, default));
        var network = await client.GetNetworkAsync(default);
        Assert.Equal(network.SealedHeight, (await client.GetBlockAsync($"{network.SealedHeight}", default)).Height);
        await foreach (var happened in client.EventsAsync(from: 1, default))
        {
            Assert.NotNull(happened);
            break;
        }

        Assert.Equal("following", await gateway.StatusAsync());
        Assert.Equal(0, await gateway.StopAsync());
    }
}
