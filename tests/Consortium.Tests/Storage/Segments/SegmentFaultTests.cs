using System.Buffers.Binary;
using System.Security.Cryptography;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Storage.Segments;
using Microsoft.Extensions.Logging.Abstractions;
using static Consortium.Tests.Storage.JournalContract;

namespace Consortium.Tests.Storage.Segments;

/// <summary>A journal in segments over storage that fails, answers late or leaves half an append.</summary>
public sealed class SegmentFaultTests
{
    private static readonly SegmentLogOptions Small = SegmentJournalContract.Small;

    private readonly MemorySegmentStore _store = new();

    [Fact]
    public async Task An_append_that_happened_although_its_answer_was_lost_is_recognised()
    {
        var journal = Open();
        await FillAsync(journal, 3);
        LoseAnswers(1);
        Assert.True(await Writer(journal).TryAppendAsync(Entry(3), default));
        await journal.AppendAsync(Entry(4), default);
        await AssertHoldsAsync(_store, 5);
    }

    [Fact]
    public async Task An_append_that_lands_after_its_time_is_recognised()
    {
        var journal = Open();
        await FillAsync(journal, 3);
        var late = new Queue<Action>();
        _store.OnAppend = (append, _, _, bytes) =>
        {
            if (late.TryDequeue(out var before))
            {
                before();
                append(bytes);
                return Task.CompletedTask;
            }

            late.Enqueue(() => append(bytes));
            throw Unknown();
        };
        Assert.True(await Writer(journal).TryAppendAsync(Entry(3), default));
        await AssertHoldsAsync(_store, 4);
    }

    [Fact]
    public async Task Answers_lost_at_every_step_of_rolling_leave_one_unbroken_journal()
    {
        var journal = Open();
        var number = 0;
        _store.OnAppend = (append, _, _, bytes) =>
        {
            append(bytes);
            return number++ % 2 == 0 ? throw Unknown() : Task.CompletedTask;
        };
        var writer = Writer(journal);
        for (var i = 0ul; i < 60; i++)
        {
            Assert.True(await writer.TryAppendAsync(Entry(i), default));
        }

        await AssertHoldsAsync(_store, 60);
        Assert.True(_store.Contents().Count > 3);
    }

    [Fact]
    public async Task What_was_not_written_for_certain_is_told_and_may_be_followed_by_another()
    {
        var journal = Open();
        await FillAsync(journal, 3);
        _store.OnAppend = (_, _, _, _) => throw new StorageException("The disk is full.");
        Assert.False((await Assert.ThrowsAsync<StorageException>(async () => await journal.AppendAsync(Entry(3), default))).IsUnknown);
        _store.OnAppend = null;
        await journal.AppendAsync(Entry(3), default);
        await AssertHoldsAsync(_store, 4);
    }

    [Fact]
    public async Task Whatever_is_left_of_an_append_is_passed_over_and_nothing_acknowledged_is_lost()
    {
        var journal = Open();
        await FillAsync(journal, 40);
        foreach (var (name, offset, length) in _store.Appends.ToArray())
        {
            for (var left = 0; left <= length; left += Math.Max(1, Math.Min(7, length - left)))
            {
                // A process was killed in the middle of this append: nothing after it was written.
                var torn = _store.Copy(contents =>
                {
                    foreach (var later in contents.Keys.Where(key => string.CompareOrdinal(key, name) > 0))
                    {
                        contents.Remove(later);
                    }

                    contents[name] = contents[name][..((int)offset + left)];
                });
                await AssertGoesOnAsync(torn, await AcknowledgedAsync(name, offset));
            }
        }
    }

    // A closing begins with zeros. If these were the bytes that an unfinished append lacks, that append would look whole.
    [Fact]
    public async Task No_append_ends_in_what_a_closing_begins_with()
    {
        await FillAsync(Open(), 400);
        var contents = _store.Contents();
        var ends = _store.Appends
            .Select(append => contents[append.Name].AsSpan((int)append.Offset, append.Length).ToArray())
            .Where(bytes => !bytes.AsSpan().EndsWith("CLclosed"u8))
            .Select(bytes => bytes[^1])
            .ToList();
        Assert.True(ends.Count > 400, "Records and headers must be among them.");
        Assert.All(ends, end => Assert.InRange(end, 0x80, 0xff));
    }

    [Theory]
    [InlineData(1, "An older version")]
    [InlineData(3, "A newer version")]
    public async Task A_segment_of_another_version_is_refused_and_nothing_is_changed(int version, string because)
    {
        await FillAsync(Open(), 5);
        var other = _store.Copy(contents =>
        {
            var header = contents.Values.First().AsSpan(0, 52);
            BinaryPrimitives.WriteInt32BigEndian(header[8..], version);
            SHA256.HashData(header[..44]).AsSpan(0, 8).CopyTo(header[44..]);
        });
        var before = other.Contents();
        var fault = await Assert.ThrowsAsync<StorageException>(async () => await new SegmentJournal(other, Small).AppendAsync(Entry(5), default));
        Assert.Contains(because, fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, other.Contents());
    }

    [Fact]
    public async Task A_closing_that_did_not_finish_after_an_append_that_did_not_is_closed_after()
    {
        await FillAsync(Open(), 5);
        var (name, offset, length) = _store.Appends[^1];
        for (var left = 0; left < length; left++)
        {
            var torn = _store.Copy(contents => contents[name] = contents[name][..((int)offset + left)]);
            var complete = torn.Copy(_ => { });
            await new SegmentJournal(complete, Small).AppendAsync(Entry(4), default);
            for (var closed = 4; closed < complete.Contents()[name].Length - offset - left; closed += 9)
            {
                var twice = complete.Copy(contents =>
                {
                    contents[name] = contents[name][..((int)offset + left + closed)];
                    foreach (var later in contents.Keys.Where(key => key != name))
                    {
                        contents.Remove(later);
                    }
                });
                await AssertGoesOnAsync(twice, 4);
            }
        }
    }

    [Fact]
    public async Task A_hole_at_the_end_of_a_file_is_passed_over()
    {
        await FillAsync(Open(), 5);
        var (name, offset, length) = _store.Appends[^1];
        for (var whole = 0; whole < length - 12; whole++)
        {
            var hole = _store.Copy(contents => contents[name].AsSpan((int)offset + whole).Clear());
            if (whole is 0 or > 17)
            {
                await AssertGoesOnAsync(hole, 4);
            }
        }
    }

    [Fact]
    public async Task A_writer_in_the_middle_of_an_append_is_fenced_by_one_that_closes_after_it()
    {
        var large = new JournalEntry(3, JournalEntryKind.Batch, new byte[3 * _store.Limits.AppendBytes]);
        var (first, second) = (Open(), Open());
        await FillAsync(first, 3);
        var parts = 0;
        _store.OnAppend = async (append, _, _, bytes) =>
        {
            if (parts++ == 1)
            {
                _store.OnAppend = null;
                await second.AppendAsync(Entry(3), default);
            }

            append(bytes);
        };
        await Assert.ThrowsAsync<JournalConflictException>(async () => await first.AppendAsync(large, default));
        await AssertHoldsAsync(_store, 4);
    }

    [Fact]
    public async Task A_closed_segment_without_a_next_one_is_continued_by_the_next_writer()
    {
        await FillAsync(Open(), 40);
        var last = _store.Contents().Keys.Last();
        var cut = _store.Copy(contents => contents.Remove(last));
        var head = (await new SegmentJournal(cut, Small).ReadHeadAsync(default))!.Value;
        Assert.Equal(ulong.Parse(last[^20..], System.Globalization.CultureInfo.InvariantCulture) - 1, head);
        await AssertGoesOnAsync(cut, (int)head + 1);
    }

    [Fact]
    public async Task Every_damaged_byte_is_found()
    {
        await FillAsync(Open(), 40);
        foreach (var (name, bytes) in _store.Contents())
        {
            for (var at = 0; at < bytes.Length; at++)
            {
                var damaged = _store.Copy(contents => contents[name][at] ^= 0x10);
                var exception = await Assert.ThrowsAsync<StorageException>(() => ReadAsync(new SegmentJournal(damaged, Small), 0, ulong.MaxValue));
                Assert.Contains(name, exception.Message, StringComparison.Ordinal);
                await Assert.ThrowsAsync<StorageException>(() => ReadAsync(new SegmentJournal(damaged, Small), 0, 39));
            }
        }
    }

    [Fact]
    public async Task A_missing_segment_is_found()
    {
        await FillAsync(Open(), 40);
        var names = _store.Contents().Keys.Order(StringComparer.Ordinal).ToArray();
        foreach (var name in names[..^1])
        {
            var missing = _store.Copy(contents => contents.Remove(name));
            await Assert.ThrowsAsync<StorageException>(async () => await new SegmentJournal(missing, Small).ReadHeadAsync(default));
        }
    }

    [Fact]
    public async Task Entries_that_queue_are_appended_together_within_the_limit()
    {
        var journal = Open();
        await FillAsync(journal, 2);
        var (entered, release) = Hold();
        var before = _store.Appends.Count;
        var first = journal.AppendAsync(Entry(2), default).AsTask();
        await entered.Task;
        var appends = Enumerable.Range(3, 8).Select(i => journal.AppendAsync(Entry((ulong)i), default).AsTask()).ToArray();
        release.SetResult();
        await Task.WhenAll([first, .. appends]);
        Assert.Equal(2, _store.Appends.Count - before);
        await AssertHoldsAsync(_store, 11);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_entries_that_queue_fail_each_of_them_says_so(bool conflict)
    {
        var journal = Open();
        await FillAsync(journal, 2);
        var (entered, release) = Hold();
        var first = journal.AppendAsync(Entry(2), default).AsTask();
        await entered.Task;
        var appends = Enumerable.Range(3, 4).Select(i => journal.AppendAsync(Entry((ulong)i), default).AsTask()).ToArray();
        _store.OnAppend = (_, name, offset, _) =>
        {
            _store.OnAppend = null;
            return conflict ? TakeAsync() : Task.FromException(Unknown());
            async Task TakeAsync()
            {
                await Open().AppendAsync(Entry(3), default);
                throw new SegmentConflictException(name, offset);
            }
        };
        release.SetResult();
        await first;
        foreach (var (append, position) in appends.Zip(Enumerable.Range(3, 4)))
        {
            if (conflict)
            {
                Assert.Equal((ulong)position, (await Assert.ThrowsAsync<JournalConflictException>(() => append)).Position);
            }
            else
            {
                Assert.True((await Assert.ThrowsAsync<StorageException>(() => append)).IsUnknown);
            }
        }

        await journal.AppendAsync(Entry(conflict ? 4ul : 3ul), default);
        await AssertHoldsAsync(_store, conflict ? 5 : 4);
    }

    [Fact]
    public async Task Reading_what_is_known_looks_at_little_of_storage()
    {
        var options = Small with { RollBytes = 1 << 20 };
        var journal = new SegmentJournal(_store, options);
        for (var i = 0ul; i < 3000; i++)
        {
            await journal.AppendAsync(new JournalEntry(i, JournalEntryKind.Batch, new byte[1000]), default);
        }

        var reader = new SegmentJournal(_store, options);
        await reader.ReadHeadAsync(default);
        var before = _store.Reads;
        Assert.Single(await ReadAsync(reader, 700, 700));

        // The segment's beginning, its end, and the part that the entry is in.
        Assert.InRange(_store.Reads - before, 1, 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Writers_over_a_store_that_fails_in_every_way_never_fork_and_lose_nothing(int seed)
    {
        var random = new Random(seed);
        _store.OnAppend = (append, _, _, bytes) => FaultyAsync(random, append, bytes);
        var acknowledged = await Task.WhenAll(Enumerable.Range(0, 3).Select(number => Task.Run(() => WriteAsync((byte)number))));
        _store.OnAppend = null;
        var entries = await ReadAsync(Open(), 0, ulong.MaxValue);
        Assert.Equal(Enumerable.Range(0, entries.Count), entries.Select(entry => (int)entry.Position));
        foreach (var (position, bytes) in acknowledged.SelectMany(item => item))
        {
            Assert.Equal(bytes, entries[(int)position].Bytes.ToArray());
        }

        Assert.True(acknowledged.Sum(item => item.Count) >= 150);
    }

    private static async Task FaultyAsync(Random random, Action<ReadOnlyMemory<byte>> append, ReadOnlyMemory<byte> bytes)
    {
        int fault, left;
        lock (random)
        {
            (fault, left) = (random.Next(12), random.Next(1, bytes.Length + 1));
        }

        await Task.Yield();
        switch (fault)
        {
            case 0:
                throw new StorageException("The disk is full.");
            case 1:
                throw Unknown();
            case 2:
                append(bytes);
                throw Unknown();
            case 3:
                append(bytes[..left]);
                throw Unknown();
            case 4:
                _ = Task.Run(() => Swallow(() => append(bytes)));
                throw Unknown();
            default:
                append(bytes);
                break;
        }
    }

    private static void Swallow(Action append)
    {
        try
        {
            append();
        }
        catch (SegmentConflictException)
        {
            // The append came too late.
        }
    }

    private async Task<List<(ulong Position, byte[] Bytes)>> WriteAsync(byte number)
    {
        var acknowledged = new List<(ulong Position, byte[] Bytes)>();
        var journal = Open();
        var writer = Writer(journal);
        while (acknowledged.Count < 50)
        {
            var next = (await journal.ReadHeadAsync(default) + 1) ?? 0;
            try
            {
                for (var i = 0; i < 10; i++, next++)
                {
                    var bytes = new byte[40 + number];
                    bytes.AsSpan().Fill((byte)(number + (8 * (byte)(next % 30))));
                    if (!await writer.TryAppendAsync(new JournalEntry(next, JournalEntryKind.Batch, bytes), default))
                    {
                        break;
                    }

                    acknowledged.Add((next, bytes));
                }
            }
            catch (JournalConflictException)
            {
                // Another writes; this one looks again.
            }
        }

        return acknowledged;
    }

    /// <summary>Entries acknowledged before an append began.</summary>
    private async Task<int> AcknowledgedAsync(string name, long offset)
    {
        var before = _store.Copy(contents =>
        {
            foreach (var later in contents.Keys.Where(key => string.CompareOrdinal(key, name) > 0))
            {
                contents.Remove(later);
            }

            contents[name] = contents[name][..(int)offset];
        });
        return (int)((await new SegmentJournal(before, Small).ReadHeadAsync(default) + 1) ?? 0);
    }

    private static async Task AssertGoesOnAsync(MemorySegmentStore torn, int acknowledged)
    {
        var reader = new SegmentJournal(torn, Small);
        var known = await ReadAsync(reader, 0, ulong.MaxValue);
        Assert.InRange(known.Count, acknowledged, acknowledged + 1);
        Assert.All(known, entry => AssertSame(Entry(entry.Position), entry));

        // Two journals go on from there: one of them wins, and the entries before stay as they were.
        var (first, second) = (new SegmentJournal(torn, Small), new SegmentJournal(torn, Small));
        await second.ReadHeadAsync(default);
        await first.AppendAsync(Entry((ulong)known.Count), default);
        await Assert.ThrowsAsync<JournalConflictException>(async () => await second.AppendAsync(Entry((ulong)known.Count), default));
        await second.AppendAsync(Entry((ulong)known.Count + 1), default);
        await AssertHoldsAsync(torn, known.Count + 2);
        Assert.Equal(known.Count + 2, (await ReadAsync(reader, 0, ulong.MaxValue)).Count);
    }

    private static async Task AssertHoldsAsync(MemorySegmentStore store, int count)
    {
        var entries = await ReadAsync(new SegmentJournal(store, Small), 0, ulong.MaxValue);
        Assert.Equal(count, entries.Count);
        Assert.All(entries, entry => AssertSame(Entry(entry.Position), entry));
    }

    private static StorageException Unknown() => new("The answer was lost.") { IsUnknown = true };

    private static JournalWriter Writer(SegmentJournal journal) =>
        new(journal, TimeSpan.FromMilliseconds(1), TimeProvider.System, NullLogger.Instance);

    private SegmentJournal Open() => new(_store, Small);

    private void LoseAnswers(int count) => _store.OnAppend = (append, _, _, bytes) =>
    {
        append(bytes);
        return count-- > 0 ? throw Unknown() : Task.CompletedTask;
    };

    /// <summary>Makes the next append wait until the test releases it.</summary>
    private (TaskCompletionSource Entered, TaskCompletionSource Release) Hold()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.OnAppend = async (append, _, _, bytes) =>
        {
            entered.TrySetResult();
            await release.Task;
            append(bytes);
        };
        return (entered, release);
    }
}
