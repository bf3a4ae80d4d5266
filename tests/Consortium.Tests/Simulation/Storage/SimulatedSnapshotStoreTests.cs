using Consortium.Consensus.Ports;
using Consortium.Simulation.Engine;
using Consortium.Simulation.Faults;
using Consortium.Simulation.Memory;
using Consortium.Simulation.Storage;
using Consortium.Tests.Simulation.Engine;

namespace Consortium.Tests.Simulation.Storage;

public sealed class SimulatedSnapshotStoreTests
{
    private const int Always = 1_000_000;

    private readonly World _world = new();
    private readonly StorageFaults _faults = new();
    private readonly SnapshotMedium _medium = new();
    private readonly SimulatedProcess _process;
    private readonly SimulatedSnapshotStore _store;

    public SimulatedSnapshotStoreTests()
    {
        _process = _world.Process("a");
        _store = new SimulatedSnapshotStore(
            _medium,
            new SimulatedDisk(_world.Time, _process, _faults, _world.Random("disk"), _world.Counts, _world.Log));
    }

    [Fact]
    public void The_newest_two_are_kept_newest_first()
    {
        SaveThree();

        Assert.Equal([3ul, 2ul], Heights());
    }

    [Fact]
    public void A_failed_save_keeps_nothing()
    {
        _faults.SnapshotFailedPerMillion = Always;

        Assert.Throws<StorageException>(() => Save(1));
        Assert.Empty(Heights());
        Assert.Equal(1, _world.Counts[FaultKind.SnapshotFailed]);
    }

    [Fact]
    public void Missing_snapshots_are_lost_for_good()
    {
        SaveThree();
        _faults.SnapshotMissingPerMillion = Always;
        Assert.Empty(Heights());
        _faults.SwitchOff();

        Assert.Empty(Heights());
        Assert.Equal(1, _world.Counts[FaultKind.SnapshotMissing]);
    }

    [Fact]
    public void Stale_snapshots_are_the_older_one_first_or_alone()
    {
        _faults.SnapshotStalePerMillion = Always;
        var orders = Enumerable.Range(0, 20).Select(_ =>
        {
            SaveThree();
            return string.Join(' ', Heights());
        }).ToArray();

        Assert.Equal(["2", "2 3"], orders.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList());
        Assert.Equal(20, _world.Counts[FaultKind.SnapshotStale]);
    }

    [Fact]
    public void A_damaged_snapshot_differs_in_one_bit()
    {
        SaveThree();
        _faults.SnapshotDamagedPerMillion = Always;
        var bits = Read().SelectMany(snapshot => snapshot.Parts.Select((part, place) => (part, place, snapshot.Height)))
            .Sum(it => it.part.ToArray().Zip(Parts(it.Height)[it.place].ToArray(), (a, b) => byte.PopCount((byte)(a ^ b))).Sum(count => count));

        Assert.Equal(1, bits);
        Assert.Equal(1, _world.Counts[FaultKind.SnapshotDamaged]);
    }

    [Fact]
    public void A_save_of_a_killed_process_is_kept_whole_or_not_at_all()
    {
        _process.Start(async () =>
        {
            await _store.SaveAsync(new Snapshot(1, Parts(1)), default);
            Assert.Fail("An operation of a dead process completed.");
        });
        _world.Time.Run(() => _world.Time.Steps == 1, TimeSpan.TicksPerSecond);
        _process.Kill();
        _world.RunFor(TimeSpan.FromMinutes(1));

        Assert.Empty(_world.Failures);
        Assert.All(_medium.NewestFirst, snapshot => Assert.Equal(2, snapshot.Parts.Count));
    }

    private static ReadOnlyMemory<byte>[] Parts(ulong height) => [new[] { (byte)height, (byte)1, (byte)2 }, new[] { (byte)height }];

    private void SaveThree()
    {
        for (ulong height = 1; height <= 3; height++)
        {
            Save(height);
        }
    }

    private void Save(ulong height) =>
        _world.Run(_process, async () => await _store.SaveAsync(new Snapshot(height, Parts(height)), default));

    private IEnumerable<ulong> Heights() => Read().Select(snapshot => snapshot.Height);

    private IReadOnlyList<Snapshot> Read() => _world.Run(_process, () => _store.ReadAllAsync());
}
