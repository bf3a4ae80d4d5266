using Consortium.Consensus.Ports;
using Consortium.Storage.Segments;

namespace Consortium.Tests.Storage.Segments;

/// <summary>The promises of a journal in segments beyond those of every journal, over any store.</summary>
public abstract class SegmentJournalContract : JournalContract
{
    internal static readonly SegmentLogOptions Small = new() { Prefix = "journal/", RollBytes = 1024, RollAppends = 100 };

    private IJournal? _journal;

    protected abstract ISegmentStore Store { get; }

    protected override IJournal Journal => _journal ??= Open();

    [Fact]
    public async Task Another_journal_reads_what_was_appended_and_goes_on_after_it()
    {
        await FillAsync(Journal, 100);
        var other = Open();
        Assert.Equal(99ul, await other.ReadHeadAsync(default));
        await other.AppendAsync(Entry(100), default);
        Assert.Equal(100ul, await Journal.ReadHeadAsync(default));
        var entries = await ReadAsync(Open(), 0, ulong.MaxValue);
        Assert.Equal(101, entries.Count);
        Assert.All(entries, entry => AssertSame(Entry(entry.Position), entry));
        Assert.True((await Store.ListAsync("journal/", default)).Count > 5);
    }

    [Fact]
    public async Task A_journal_that_fell_behind_by_many_segments_is_refused()
    {
        await FillAsync(Journal, 3);
        var other = Open();
        await other.AppendAsync(Entry(3), default);
        for (var i = 4ul; i < 90; i++)
        {
            await other.AppendAsync(Entry(i), default);
        }

        Assert.Equal(3ul, (await Assert.ThrowsAsync<JournalConflictException>(async () => await Journal.AppendAsync(Entry(3), default))).Position);
        Assert.Equal(90, (await ReadAsync(Journal, 0, ulong.MaxValue)).Count);
        await Journal.AppendAsync(Entry(90), default);
        await Assert.ThrowsAsync<JournalConflictException>(async () => await other.AppendAsync(Entry(90), default));
    }

    [Fact]
    public async Task Of_two_journals_that_race_through_many_segments_one_writes_each_position()
    {
        var writers = new[] { Open(), Open(), Open() };
        var turns = new Turns();
        var wins = await Task.WhenAll(writers.Select((journal, number) => Task.Run(() => RaceAsync(journal, turns, (byte)number, 300))));
        var entries = await ReadAsync(Open(), 0, ulong.MaxValue);
        Assert.Equal(Enumerable.Range(0, entries.Count), entries.Select(entry => (int)entry.Position));
        foreach (var entry in entries)
        {
            Assert.Equal([entry.Bytes.Span[0]], Enumerable.Range(0, wins.Length).Where(number => wins[number].Contains(entry.Position)).Select(number => (byte)number));
        }

        Assert.Equal(entries.Count, wins.Sum(won => won.Count));
        Assert.True(wins.Count(won => won.Count > 0) > 1);
    }

    protected SegmentJournal Open() => new(Store, Small);

    private static async Task<HashSet<ulong>> RaceAsync(SegmentJournal journal, Turns turns, byte number, ulong until)
    {
        var won = new HashSet<ulong>();
        while (true)
        {
            var next = (await journal.ReadHeadAsync(default) + 1) ?? 0;
            if (next >= until)
            {
                return won;
            }

            try
            {
                // The winner appends again without a look at storage, as the sequencer does, until it is fenced.
                while (next < until)
                {
                    await journal.AppendAsync(new JournalEntry(next, JournalEntryKind.Batch, Enumerable.Repeat(number, 40).ToArray()), default);
                    won.Add(next++);
                    var turn = turns.WonAsync(number);
                    await (next < until ? turn : Task.CompletedTask);
                }
            }
            catch (JournalConflictException)
            {
                // The other writer wrote this position.
            }
        }
    }
}
