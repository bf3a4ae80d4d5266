using Consortium.Consensus.Ports;
using Consortium.Simulation.Memory;
using Consortium.Storage.Snapshots;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Storage;

namespace Consortium.Cluster.Tests.Storage;

/// <summary>The promises of snapshots through grain storage, tested on every provider.</summary>
public abstract class GrainSnapshotContract
{
    protected abstract IGrainStorage Storage { get; }

    [Fact]
    public async Task The_newest_two_are_read_newest_first()
    {
        Assert.Empty(await ReadAsync(Open()));
        for (var height = 1ul; height <= 4; height++)
        {
            await Open().SaveAsync(Snapshot(height), default);
        }

        var read = await ReadAsync(Open());
        Assert.Equal([4ul, 3ul], read.Select(snapshot => snapshot.Height));
        AssertSame(Snapshot(4), read[0]);
        AssertSame(Snapshot(3), read[1]);
    }

    [Fact]
    public async Task A_part_may_be_large()
    {
        var large = new byte[9 << 20];
        Random.Shared.NextBytes(large);
        var snapshot = new Snapshot(7, [large, new byte[] { 1 }]);
        await Open().SaveAsync(snapshot, default);
        AssertSame(snapshot, Assert.Single(await ReadAsync(Open())));
    }

    [Fact]
    public async Task A_snapshot_that_is_older_than_those_kept_does_not_replace_one()
    {
        await Open().SaveAsync(Snapshot(5), default);
        await Open().SaveAsync(Snapshot(6), default);
        await Open().SaveAsync(Snapshot(4), default);
        Assert.Equal([6ul, 5ul], (await ReadAsync(Open())).Select(snapshot => snapshot.Height));
    }

    [Fact]
    public async Task Networks_in_one_provider_are_kept_apart()
    {
        await Open().SaveAsync(Snapshot(5), default);
        Assert.Empty(await ReadAsync(Open("another")));
    }

    [Fact]
    public async Task Silos_that_save_at_a_time_leave_two_whole_snapshots()
    {
        for (var round = 0ul; round < 5; round++)
        {
            await Task.WhenAll(Enumerable.Range(1, 4).Select(silo => Open().SaveAsync(Snapshot((10 * round) + ((ulong)silo / 2)), default)));
        }

        var read = await ReadAsync(Open());
        Assert.Equal(2, read.Count);
        Assert.Equal(42ul, read[0].Height);
        Assert.All(read, snapshot => AssertSame(Snapshot(snapshot.Height), snapshot));
    }

    [Fact]
    public async Task A_damaged_part_is_passed_over_with_its_snapshot()
    {
        var recording = new RecordingGrainStorage(Storage);
        await Open(recording).SaveAsync(Snapshot(1), default);
        await Open(recording).SaveAsync(Snapshot(2), default);
        var damaged = recording.Written[^2];
        var record = new GrainState<StoredBytes>(new StoredBytes());
        await Storage.ReadStateAsync("snapshot", damaged, record);
        var bytes = record.State!.Bytes.ToArray();
        bytes[^1] ^= 1;
        record.State = new StoredBytes { Bytes = bytes };
        await Storage.WriteStateAsync("snapshot", damaged, record);
        Assert.Equal([1ul], (await ReadAsync(Open())).Select(snapshot => snapshot.Height));
    }

    [Fact]
    public async Task A_silo_killed_while_saving_leaves_the_others_whole_and_what_it_wrote_is_deleted_later()
    {
        await Open().SaveAsync(Snapshot(1), default);
        for (var writes = 0; writes < 4; writes++)
        {
            var killed = new RecordingGrainStorage(Storage) { WritesLeft = writes };
            await Assert.ThrowsAsync<StorageException>(async () => await Open(killed).SaveAsync(Snapshot(2), default));
            Assert.Equal([1ul], (await ReadAsync(Open())).Select(snapshot => snapshot.Height));
            await Open().SaveAsync(Snapshot(3), default);
            foreach (var part in killed.Written.Where(grain => grain.Type.ToString() == "snapshot-part"))
            {
                var record = new GrainState<StoredBytes>(new StoredBytes());
                await Storage.ReadStateAsync("snapshot", part, record);
                Assert.False(record.RecordExists, part.ToString());
            }

            await ClearHeadAsync();
            await Open().SaveAsync(Snapshot(1), default);
        }
    }

    private static Snapshot Snapshot(ulong height) => new(
        height,
        [Enumerable.Repeat((byte)height, 100).ToArray(), Enumerable.Repeat((byte)(height + 100), 300).ToArray()]);

    private static void AssertSame(Snapshot expected, Snapshot actual)
    {
        Assert.Equal(expected.Height, actual.Height);
        Assert.Equal(expected.Parts.Select(part => Convert.ToHexString(part.Span)), actual.Parts.Select(part => Convert.ToHexString(part.Span)), StringComparer.Ordinal);
    }

    private static Task<IReadOnlyList<Snapshot>> ReadAsync(GrainSnapshotStore store) => store.ReadAllAsync();

    private async Task ClearHeadAsync()
    {
        var head = GrainId.Create("snapshots", "network");
        var record = new GrainState<StoredBytes>(new StoredBytes());
        await Storage.ReadStateAsync("snapshot", head, record);
        await Storage.ClearStateAsync("snapshot", head, record);
    }

    private GrainSnapshotStore Open(string network = "network") => new(Storage, network, NullLogger<GrainSnapshotStore>.Instance);

    private static GrainSnapshotStore Open(IGrainStorage storage) => new(storage, "network", NullLogger<GrainSnapshotStore>.Instance);
}
