using Consortium.Consensus.Ports;
using Consortium.Ledger;

namespace Consortium.Tests.Storage;

/// <summary>The promises of <c>IJournal</c>, tested on every implementation.</summary>
public abstract class JournalContract
{
    protected abstract IJournal Journal { get; }

    [Fact]
    public async Task An_empty_journal_has_no_head_and_no_entries()
    {
        Assert.Null(await Journal.ReadHeadAsync(default));
        Assert.Empty(await ReadAsync(Journal, 0, ulong.MaxValue));
    }

    [Fact]
    public async Task Entries_are_read_as_they_were_appended()
    {
        await FillAsync(Journal, 5);
        Assert.Equal(4ul, await Journal.ReadHeadAsync(default));
        var entries = await ReadAsync(Journal, 0, ulong.MaxValue);
        Assert.Equal(5, entries.Count);
        for (var i = 0; i < 5; i++)
        {
            AssertSame(Entry((ulong)i), entries[i]);
        }
    }

    [Fact]
    public async Task Reading_is_limited_to_the_positions_asked_for()
    {
        await FillAsync(Journal, 600);
        Assert.Equal([2, 3], (await ReadAsync(Journal, 2, 3)).Select(entry => (int)entry.Position));
        Assert.Equal(Enumerable.Range(7, 593), (await ReadAsync(Journal, 7, 5000)).Select(entry => (int)entry.Position));
        Assert.Empty(await ReadAsync(Journal, 600, 700));
    }

    [Fact]
    public async Task Reading_stops_at_the_head_as_it_was_when_reading_began()
    {
        await FillAsync(Journal, 3);
        var seen = 0;
        await foreach (var entry in Journal.ReadAsync(0, ulong.MaxValue, default))
        {
            seen++;
            await Journal.AppendAsync(Entry(entry.Position + 3), default);
        }

        Assert.Equal(3, seen);
    }

    [Fact]
    public async Task A_position_that_is_taken_is_a_conflict_and_keeps_its_entry()
    {
        await FillAsync(Journal, 3);
        var exception = await Assert.ThrowsAsync<JournalConflictException>(
            async () => await Journal.AppendAsync(new JournalEntry(1, JournalEntryKind.Batch, new byte[] { 9 }), default));
        Assert.Equal(1ul, exception.Position);
        AssertSame(Entry(1), (await ReadAsync(Journal, 1, 1))[0]);
        await Journal.AppendAsync(Entry(3), default);
    }

    [Fact]
    public async Task A_gap_breaks_an_invariant_and_writes_nothing()
    {
        await FillAsync(Journal, 2);
        await Assert.ThrowsAsync<InvariantBrokenException>(async () => await Journal.AppendAsync(Entry(3), default));
        Assert.Equal(1ul, await Journal.ReadHeadAsync(default));
        await Journal.AppendAsync(Entry(2), default);
    }

    [Fact]
    public async Task An_empty_and_a_large_entry_are_kept()
    {
        var large = new byte[5 << 20];
        Random.Shared.NextBytes(large);
        await Journal.AppendAsync(new JournalEntry(0, JournalEntryKind.Genesis, default), default);
        await Journal.AppendAsync(new JournalEntry(1, JournalEntryKind.Batch, large), default);
        await Journal.AppendAsync(new JournalEntry(2, JournalEntryKind.Seal, large.AsMemory(7, 9)), default);
        var entries = await ReadAsync(Journal, 0, 2);
        Assert.True(entries[0].Bytes.IsEmpty);
        Assert.True(entries[1].Bytes.Span.SequenceEqual(large));
        Assert.True(entries[2].Bytes.Span.SequenceEqual(large.AsSpan(7, 9)));
    }

    internal static JournalEntry Entry(ulong position) => new(
        position,
        position == 0 ? JournalEntryKind.Genesis : position % 3 == 0 ? JournalEntryKind.Seal : JournalEntryKind.Batch,
        Enumerable.Repeat((byte)(position & 0xff), (int)(position % 50) + 20).ToArray());

    internal static async Task FillAsync(IJournal journal, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await journal.AppendAsync(Entry((ulong)i), default);
        }
    }

    internal static async Task<List<JournalEntry>> ReadAsync(IJournal journal, ulong from, ulong to)
    {
        var entries = new List<JournalEntry>();
        await foreach (var entry in journal.ReadAsync(from, to, default))
        {
            entries.Add(entry);
        }

        return entries;
    }

    internal static void AssertSame(JournalEntry expected, JournalEntry actual)
    {
        Assert.Equal((expected.Position, expected.Kind), (actual.Position, actual.Kind));
        Assert.True(expected.Bytes.Span.SequenceEqual(actual.Bytes.Span));
    }
}
