using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Simulation.Engine;
using Consortium.Simulation.Faults;
using Consortium.Simulation.Storage;
using Consortium.Tests.Simulation.Engine;

namespace Consortium.Tests.Simulation.Storage;

public sealed class SimulatedJournalTests
{
    private const int Always = 1_000_000;

    private readonly World _world = new();
    private readonly StorageFaults _faults = new();
    private readonly JournalMedium _medium;
    private readonly SimulatedProcess _process;
    private readonly SimulatedJournal _journal;
    private readonly List<ulong> _durable = [];

    public SimulatedJournalTests()
    {
        _medium = new JournalMedium(_world.Time, _world.Log);
        _medium.Durable += entry => _durable.Add(entry.Position);
        _process = _world.Process("a");
        _journal = Open(_process);
    }

    [Fact]
    public void An_entry_is_durable_before_the_append_completes_and_takes_time()
    {
        Append(0);

        Assert.Equal([0ul], _durable);
        Assert.InRange(_world.Now, _faults.LatencyMin * 2, _faults.LatencyMax * 2);
        Assert.Equal([0ul], Read());
    }

    [Fact]
    public void Of_two_writers_one_has_a_conflict()
    {
        var other = _world.Process("b");
        var second = Open(other);
        var conflicts = 0;
        foreach (var (process, journal) in new[] { (_process, _journal), (other, second) })
        {
            process.Start(async () =>
            {
                try
                {
                    await journal.AppendAsync(Entry(0), default);
                }
                catch (JournalConflictException conflict)
                {
                    Assert.Equal(0ul, conflict.Position);
                    conflicts++;
                }
            });
        }

        _world.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(1, conflicts);
        Assert.Equal([0ul], _durable);
        Assert.Throws<InvariantBrokenException>(() => Append(2));
    }

    [Fact]
    public void A_failed_append_wrote_nothing_and_says_so()
    {
        _faults.AppendFailedPerMillion = Always;

        Assert.False(Assert.Throws<StorageException>(() => Append(0)).IsUnknown);
        Later();
        Assert.Empty(_durable);
        Assert.Equal(1, _world.Counts[FaultKind.AppendFailed]);
    }

    [Fact]
    public void An_append_whose_answer_is_lost_wrote_the_entry()
    {
        _faults.AppendUnknownWrittenPerMillion = Always;

        Assert.True(Assert.Throws<StorageException>(() => Append(0)).IsUnknown);
        Assert.Equal([0ul], _durable);
        Assert.True(_world.Now >= _faults.AnswerTimeout);
        Assert.Equal(1, _world.Counts[FaultKind.AppendUnknownWritten]);
    }

    [Fact]
    public void An_append_that_is_lost_wrote_nothing_and_says_that_it_does_not_know()
    {
        _faults.AppendUnknownNotWrittenPerMillion = Always;

        Assert.True(Assert.Throws<StorageException>(() => Append(0)).IsUnknown);
        Later();
        Assert.Empty(_durable);
        Assert.Equal(1, _world.Counts[FaultKind.AppendUnknownNotWritten]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_late_append_lands_by_itself_even_when_its_process_is_dead(bool kills)
    {
        _faults.AppendLatePerMillion = Always;

        Assert.True(Assert.Throws<StorageException>(() => Append(0)).IsUnknown);
        Assert.Empty(_durable);
        if (kills)
        {
            _process.Kill();
        }

        Later();
        Assert.Equal([0ul], _durable);
        Assert.Equal(1, _world.Counts[FaultKind.AppendLate]);
    }

    [Fact]
    public void A_late_append_vanishes_when_its_position_is_taken()
    {
        _faults.AppendLatePerMillion = Always;
        Assert.Throws<StorageException>(() => Append(0, 7));
        _faults.SwitchOff();
        Append(0, 8);
        Later();

        Assert.Equal([0ul], _durable);
        Assert.Equal([8], _medium.Entries[0].Bytes.ToArray());
    }

    [Fact]
    public void A_full_disk_refuses_for_a_while()
    {
        _faults.FullPerMillion = Always;
        Assert.False(Assert.Throws<StorageException>(() => Append(0)).IsUnknown);
        _faults.SwitchOff();
        Assert.Throws<StorageException>(() => Append(0));
        Later();
        Append(0);

        Assert.Equal([0ul], _durable);
        Assert.Equal(1, _world.Counts[FaultKind.StorageFull]);
    }

    [Fact]
    public void A_slow_disk_takes_seconds()
    {
        _faults.SlowPerMillion = Always;
        Append(0);

        Assert.True(_world.Now >= _faults.SlowMin);
        Assert.True(_world.Counts[FaultKind.StorageSlow] > 0);
    }

    [Fact]
    public void A_read_that_fails_can_be_tried_again()
    {
        Append(0);
        _faults.ReadFailedPerMillion = Always;
        Assert.Throws<StorageException>(() => Read());
        Assert.Throws<StorageException>(() => _world.Run(_process, async () => await _journal.ReadHeadAsync(default)));
        _faults.SwitchOff();

        Assert.Equal([0ul], Read());
        Assert.Equal(2, _world.Counts[FaultKind.ReadFailed]);
    }

    [Fact]
    public void A_damaged_entry_cannot_be_read_for_a_while()
    {
        Append(0);
        Append(1);
        _medium.Damage(1, TimeSpan.FromSeconds(3));
        Assert.Equal([0ul], Read(0, 0));
        Assert.Throws<StorageException>(() => Read());
        Later();
        Assert.Equal([0ul, 1ul], Read());

        _faults.DamagedPerMillion = Always;
        Assert.Throws<StorageException>(() => Read());
        _faults.SwitchOff();
        Assert.Throws<StorageException>(() => Read());
        Later();
        Assert.Equal([0ul, 1ul], Read());
        Assert.Equal(1, _world.Counts[FaultKind.DamagedEntry]);
    }

    [Fact]
    public void A_kill_leaves_an_append_done_undone_or_torn_as_the_seed_decides()
    {
        var outcomes = Enumerable.Range(1, 60).Select(seed => KillWhileAppending((ulong)seed)).ToList();

        Assert.Equal(["done", "nothing", "torn"], outcomes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList());
        Assert.Equal(outcomes, Enumerable.Range(1, 60).Select(seed => KillWhileAppending((ulong)seed)).ToList());
    }

    [Fact]
    public void A_torn_entry_is_discarded_by_who_reads_or_appends_next()
    {
        _faults.TornTailPerMillion = Always;
        KillWhileAppending(_world, _process, _journal);
        Assert.True(_medium.HasTornTail);
        Assert.Equal(1, _world.Counts[FaultKind.TornTail]);

        var next = _world.Process("b");
        var journal = Open(next);
        Assert.Null(_world.Run(next, async () => await journal.ReadHeadAsync(default)));
        Assert.False(_medium.HasTornTail);
        _world.Run(next, async () => await journal.AppendAsync(Entry(0), default));
        Assert.Equal([0ul], _durable);
    }

    [Fact]
    public void Giving_up_an_append_leaves_it_done_or_undone_as_the_seed_decides()
    {
        var outcomes = Enumerable.Range(1, 40).Select(seed =>
        {
            var world = new World((ulong)seed);
            var medium = new JournalMedium(world.Time, world.Log);
            var process = world.Process("a");
            var disk = new SimulatedDisk(world.Time, process, new StorageFaults(), world.Random("disk"), world.Counts, world.Log);
            var journal = new SimulatedJournal(medium, disk);
            Assert.ThrowsAny<OperationCanceledException>(() => world.Run(process, async () =>
            {
                using var source = new CancellationTokenSource();
                world.Time.PostAfter(100, process, static source => ((CancellationTokenSource)source!).Cancel(), source);
                await journal.AppendAsync(Entry(0), source.Token);
            }));
            return medium.Next;
        }).ToArray();

        Assert.Equal([0ul, 1ul], outcomes.Distinct().Order());
    }

    private static JournalEntry Entry(ulong position, byte content = 1) =>
        new(position, JournalEntryKind.Batch, new[] { content });

    private static string KillWhileAppending(ulong seed)
    {
        var world = new World(seed);
        var medium = new JournalMedium(world.Time, world.Log);
        var process = world.Process("a");
        var faults = new StorageFaults { TornTailPerMillion = 300_000 };
        var disk = new SimulatedDisk(world.Time, process, faults, world.Random("disk"), world.Counts, world.Log);
        KillWhileAppending(world, process, new SimulatedJournal(medium, disk));
        return medium.HasTornTail ? "torn" : medium.Next == 1 ? "done" : "nothing";
    }

    private static void KillWhileAppending(World world, SimulatedProcess process, SimulatedJournal journal)
    {
        process.Start(async () =>
        {
            await journal.AppendAsync(Entry(0), default);
            Assert.Fail("An operation of a dead process completed.");
        });
        world.Time.Run(() => world.Time.Steps == 1, TimeSpan.TicksPerSecond);
        process.Kill();
        world.RunFor(TimeSpan.FromMinutes(1));
        Assert.Empty(world.Failures);
    }

    private SimulatedJournal Open(SimulatedProcess process) =>
        new(_medium, new SimulatedDisk(_world.Time, process, _faults, _world.Random(process.Name), _world.Counts, _world.Log));

    private void Append(ulong position, byte content = 1) =>
        _world.Run(_process, async () => await _journal.AppendAsync(Entry(position, content), default));

    private List<ulong> Read(ulong from = 0, ulong to = ulong.MaxValue) => _world.Run(_process, async () =>
    {
        var positions = new List<ulong>();
        await foreach (var entry in _journal.ReadAsync(from, to, default))
        {
            positions.Add(entry.Position);
        }

        return positions;
    });

    private void Later() => _world.RunFor(TimeSpan.FromMinutes(1));
}
