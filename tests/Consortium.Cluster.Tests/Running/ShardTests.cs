using Consortium.Cluster.Tests.Harness;
using Consortium.Consensus.Ports;
using Consortium.Gateway.Demo;
using Consortium.Gateway.Hosting;
using Consortium.Grains.Messages;
using Consortium.Grains.Shards;
using Consortium.Silo.Hosting;
using Xunit.Abstractions;

namespace Consortium.Cluster.Tests.Running;

[Collection(OneClusterAtATime.Name)]
public sealed class ShardTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Shards_spread_evenly_and_move_when_a_silo_joins()
    {
        await using var cluster = await LocalCluster.StartAsync(2, output);
        await using var gateway = await ConnectAsync(cluster);
        await ShardSpread.WaitUntilEvenAsync(gateway.Grains, cluster.Genesis, silos: 2);
        await using var load = await ClusterLoad.StartAsync(cluster, TimeSpan.FromSeconds(30));
        var joining = cluster.Add();
        await joining.WaitUntilReadyAsync();
        await ShardSpread.WaitUntilEvenAsync(gateway.Grains, cluster.Genesis, silos: 3);
        await load.CheckAsync();
    }

    [Fact]
    public async Task What_a_role_throws_on_another_silo_arrives_as_what_it_is()
    {
        await using var cluster = await LocalCluster.StartAsync(1, output);
        await using var gateway = await ConnectAsync(cluster);
        var shard = ShardGrains.Get(gateway.Grains, number: 0, cluster.Genesis.ShardCount);
        var epoch = new ShardEpoch(ulong.MaxValue, 1);
        await Assert.ThrowsAsync<ShardMovedException>(() => shard.GatherAsync(epoch, Blobs.From([])));
        await Assert.ThrowsAsync<FormatException>(() => shard.ReadAsync(Blobs.From([new byte[] { 1 }])));
    }

    private static Task<InProcessSilo> ConnectAsync(LocalCluster cluster) => InProcessSilo.StartAsync(
        new SiloOptions
        {
            Host = SiloHostKind.Gateway,
            StorageFolder = cluster.StoragePath,
            Gateway = new GatewayOptions
            {
                Data = Path.Combine(cluster.Folder, "gateway of the test"),
                Genesis = DemoNetwork.GenesisPath(cluster.NetworkPath),
            },
        },
        TimeProvider.System);
}
