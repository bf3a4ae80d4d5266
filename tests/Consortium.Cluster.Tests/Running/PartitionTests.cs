using Consortium.Cluster.Tests.Harness;
using Consortium.Consensus.Ports;
using Consortium.Ledger.Ids;
using Consortium.Storage.Segments;
using Xunit.Abstractions;

namespace Consortium.Cluster.Tests.Running;

[Collection(OneClusterAtATime.Name)]
public sealed class PartitionTests(ITestOutputHelper output)
{
    private const string Recovered = "Recovered to position ";
    private const int TakeOvers = 4;

    // Two clusters over one ledger that do not know of each other: so a divided network looks to storage.
    [Fact]
    [Trait("Needs", "Time")]
    public async Task Of_two_activations_one_writes_and_the_other_stops()
    {
        await using var cluster = await LocalCluster.StartAsync(1, output);
        var elsewhere = Path.Combine(cluster.Folder, "elsewhere");
        Directory.CreateDirectory(elsewhere);
        foreach (var shared in new[] { "ledger", "snapshots" })
        {
            Directory.CreateDirectory(Path.Combine(cluster.StoragePath, shared));
            Directory.CreateSymbolicLink(Path.Combine(elsewhere, shared), Path.Combine(cluster.StoragePath, shared));
        }

        var (one, other) = (cluster.Silos[0], cluster.Add(elsewhere));
        await cluster.WaitUntilReadyAsync();
        var duration = TimeSpan.FromSeconds(45);
        await using var load = await ClusterLoad.StartAsync(cluster, duration, one);
        await using var otherLoad = await ClusterLoad.StartAsync(cluster, duration, other);
        await one.WaitUntilAsync(() => Task.FromResult(ActivationsOf(one).Count + ActivationsOf(other).Count >= TakeOvers), "has not been fenced");
        await load.CheckAsync();
        await otherLoad.CheckAsync();
        other.Kill();
        await CheckJournalAsync(cluster, (one, load.Acks), (other, otherLoad.Acks));
    }

    private static HashSet<ulong> ActivationsOf(SiloUnderTest silo) =>
    [
        .. silo.LogLines
            .Where(line => line.Contains(Recovered, StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(Recovered, StringComparison.Ordinal) + Recovered.Length)..])
            .Select(rest => ulong.Parse(rest[..rest.IndexOf(',', StringComparison.Ordinal)])),
    ];

    private static async Task CheckJournalAsync(LocalCluster cluster, params (SiloUnderTest Silo, string Acks)[] sides)
    {
        var activationOf = await ReadAsync(cluster);
        foreach (var (silo, acks) in sides)
        {
            // Transactions that a side acknowledged follow one of that side's own activations in the journal.
            var own = ActivationsOf(silo);
            Assert.NotEmpty(own);
            foreach (var line in await File.ReadAllLinesAsync(acks))
            {
                Assert.True(TransactionId.TryParse(line, out var id));
                Assert.Contains(activationOf[id], own);
            }
        }
    }

    // The activation that each transaction follows; each is in the journal once, and no position is missing.
    private static async Task<Dictionary<TransactionId, ulong>> ReadAsync(LocalCluster cluster)
    {
        var segments = new FolderSegmentStore(Path.Combine(cluster.StoragePath, "ledger"), TimeProvider.System);
        var journal = new SegmentJournal(segments, new SegmentLogOptions { Prefix = "journal/" });
        var activationOf = new Dictionary<TransactionId, ulong>();
        var (next, activation, activations) = (0UL, 0UL, new HashSet<Guid>());
        await foreach (var entry in journal.ReadAsync(0, ulong.MaxValue, default))
        {
            Assert.Equal(next++, entry.Position);
            if (entry.Kind == JournalEntryKind.Activation)
            {
                activation = entry.Position;
                Assert.True(activations.Add(new Guid(entry.Bytes.Span, bigEndian: true)));
            }
            else if (entry.Kind == JournalEntryKind.Batch)
            {
                foreach (var id in BatchReading.TransactionsOf(entry))
                {
                    Assert.True(activationOf.TryAdd(id, activation));
                }
            }
        }

        Assert.True(activations.Count >= TakeOvers);
        return activationOf;
    }
}
