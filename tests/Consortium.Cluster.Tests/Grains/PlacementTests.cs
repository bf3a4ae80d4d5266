using Consortium.Cluster.Tests.Harness;
using Consortium.Consensus.Ports;
using Consortium.Grains.Diagnostics;
using Consortium.Grains.Messages;
using Consortium.Grains.Mining;
using Consortium.Grains.Shards;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;

namespace Consortium.Cluster.Tests.Grains;

/// <summary>Where grains run, how they move, and what arrives from where they are.</summary>
[Collection(OneClusterAtATime.Name)]
public sealed class PlacementTests
{
    [Fact]
    public async Task Shards_spread_evenly_and_move_when_silos_come_and_go()
    {
        await using var cluster = await GrainCluster.StartAsync(silos: 2, members: 3);
        var opened = new List<TransactionId> { await cluster.OpenAccountAsync() };
        await ShardSpread.WaitUntilEvenAsync(cluster.Grains, cluster.Genesis, silos: 2);
        var joined = await cluster.AddSiloAsync();
        await ShardSpread.WaitUntilEvenAsync(cluster.Grains, cluster.Genesis, silos: 3);
        opened.Add(await cluster.OpenAccountAsync());
        await cluster.StopAsync(joined);
        opened.Add(await cluster.OpenAccountAsync());
        await ShardSpread.WaitUntilEvenAsync(cluster.Grains, cluster.Genesis, silos: 2);
        Assert.Equal(opened, await ReadAsync(cluster));
    }

    [Fact]
    public async Task Another_silo_orders_when_the_one_that_did_is_killed()
    {
        await using var cluster = await GrainCluster.StartAsync(silos: 3, members: 3);
        var opened = new List<TransactionId> { await cluster.OpenAccountAsync() };
        var first = await cluster.OrderingAsync();
        await cluster.KillAsync(first);
        opened.Add(await cluster.OpenAccountAsync());
        Assert.NotEqual(first, await cluster.OrderingAsync());
        Assert.Equal(opened, await ReadAsync(cluster));
    }

    [Fact]
    public async Task A_member_seals_on_its_own_silo_and_nowhere_else()
    {
        await using var cluster = await GrainCluster.StartAsync(silos: 2, members: 3);

        // Each silo has the key of its own member only.
        foreach (var member in cluster.Genesis.Members.Take(2))
        {
            Assert.Equal(member.Id, await SealAsync(cluster, member.Id));
        }

        await Assert.ThrowsAnyAsync<SiloUnavailableException>(() => SealAsync(cluster, cluster.Genesis.Members[2].Id));
    }

    [Fact]
    public async Task A_silo_reports_itself_and_one_that_has_left_is_not_placed_elsewhere()
    {
        await using var cluster = await GrainCluster.StartAsync(silos: 2, members: 2);
        for (var i = 0; i < cluster.Silos.Count; i++)
        {
            var report = await cluster.Grains.GetGrain<ISiloReportGrain>(cluster.Silos[i].SiloAddress.ToParsableString()).ReportAsync();
            Assert.Equal(cluster.Genesis.Members[i].Id.ToString(), report.Member);
        }

        var left = cluster.Silos[1];
        await cluster.StopAsync(left);
        var gone = cluster.Grains.GetGrain<ISiloReportGrain>(left.SiloAddress.ToParsableString());
        await Assert.ThrowsAnyAsync<SiloUnavailableException>(gone.ReportAsync);
    }

    [Fact]
    public async Task What_a_role_throws_on_another_silo_arrives_as_what_it_is()
    {
        await using var cluster = await GrainCluster.StartAsync(silos: 1, members: 1);
        var shard = ShardGrains.Get(cluster.Grains, number: 0, cluster.Genesis.ShardCount);
        var epoch = new ShardEpoch(ulong.MaxValue, 1);
        await Assert.ThrowsAsync<ShardMovedException>(() => shard.GatherAsync(epoch, Blobs.From([])));
        await Assert.ThrowsAsync<FormatException>(() => shard.ReadAsync(Blobs.From([new byte[] { 1 }])));
    }

    // The producer of a block whose target a nonce meets within a few hashes.
    private static async Task<MemberId> SealAsync(GrainCluster cluster, MemberId member)
    {
        var template = new BlockHeader(cluster.Genesis.Network, 1, cluster.Genesis.Network, default, default, default, 1, 1, 0, default, 0x2000ffff, 0);
        var miner = cluster.Grains.GetGrain<IMinerGrain>(member.ToString());
        Assert.True(BlockSeal.TryRead(await miner.SealAsync(template.ToArray(), CancellationToken.None) ?? [], out var seal));
        return seal.Header.Producer;
    }

    private static async Task<List<TransactionId>> ReadAsync(GrainCluster cluster)
    {
        var found = new List<TransactionId>();
        await foreach (var entry in cluster.Journal.ReadAsync(0, ulong.MaxValue, CancellationToken.None))
        {
            if (entry.Kind == JournalEntryKind.Batch)
            {
                found.AddRange(BatchReading.TransactionsOf(entry));
            }
        }

        return found;
    }
}
