using Consortium.Consensus.Ports;
using Consortium.Simulation.Memory;

namespace Consortium.Tests.Storage;

/// <summary>The promises of <c>ISnapshotStore</c>, tested on every implementation.</summary>
public abstract class SnapshotContract
{
    protected abstract ISnapshotStore Store { get; }

    [Fact]
    public async Task An_empty_store_has_no_snapshots() => Assert.Empty(await ReadAsync(Store));

    [Fact]
    public async Task The_newest_two_are_kept_newest_first()
    {
        for (ulong height = 1; height <= 4; height++)
        {
            await Store.SaveAsync(Snapshot(height), default);
        }

        var found = await ReadAsync(Store);
        Assert.Equal([4, 3], found.Select(snapshot => (int)snapshot.Height));
        AssertSame(Snapshot(4), found[0]);
        AssertSame(Snapshot(3), found[1]);
    }

    [Fact]
    public async Task Parts_of_any_size_are_kept_as_they_are()
    {
        var large = new byte[(17 << 20) + 3];
        Random.Shared.NextBytes(large);
        var snapshot = new Snapshot(7, [new byte[] { 2 }, large, new byte[] { 1 }]);
        await Store.SaveAsync(snapshot, default);
        AssertSame(snapshot, Assert.Single(await ReadAsync(Store)));
    }

    [Fact]
    public async Task A_cancelled_save_keeps_nothing()
    {
        await Store.SaveAsync(Snapshot(1), default);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Store.SaveAsync(Snapshot(2), new CancellationToken(canceled: true)));
        AssertSame(Snapshot(1), Assert.Single(await ReadAsync(Store)));
    }

    internal static Snapshot Snapshot(ulong height) =>
        new(height, [new byte[] { (byte)height, 2 }, Enumerable.Repeat((byte)height, 5000).ToArray()]);

    internal static Task<IReadOnlyList<Snapshot>> ReadAsync(ISnapshotStore store) => store.ReadAllAsync();

    internal static void AssertSame(Snapshot expected, Snapshot actual)
    {
        Assert.Equal(expected.Height, actual.Height);
        Assert.Equal(expected.Parts.Count, actual.Parts.Count);
        Assert.All(expected.Parts.Zip(actual.Parts), pair => Assert.True(pair.First.Span.SequenceEqual(pair.Second.Span)));
    }
}
