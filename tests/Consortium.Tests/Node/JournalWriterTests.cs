using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Simulation.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consortium.Tests.Node;

/// <summary>An append whose answer is lost is settled before anything else is written.</summary>
public sealed class JournalWriterTests
{
    private static readonly JournalEntry Entry = new(0, JournalEntryKind.Genesis, new byte[] { 1 });

    private readonly MemoryJournal _medium = new();
    private readonly Queue<Func<JournalEntry, Task>> _appends = new();

    [Fact]
    public async Task What_was_refused_for_certain_is_not_tried_again()
    {
        _appends.Enqueue(_ => throw new StorageException("The disk is full."));
        Assert.False(await AppendAsync());
        Assert.Null(await _medium.ReadHeadAsync(default));
    }

    [Fact]
    public async Task What_was_written_although_storage_failed_is_recognised()
    {
        _appends.Enqueue(async entry =>
        {
            await _medium.AppendAsync(entry, default);
            throw Unknown();
        });
        Assert.True(await AppendAsync());
    }

    [Fact]
    public async Task What_may_still_be_written_is_written_again_until_it_is_known()
    {
        _appends.Enqueue(_ => throw Unknown());
        _appends.Enqueue(_ => throw Unknown());
        Assert.True(await AppendAsync());
        Assert.Equal(0ul, await _medium.ReadHeadAsync(default));
    }

    [Fact]
    public async Task What_may_still_be_written_is_not_said_to_be_refused_because_the_next_append_was()
    {
        _appends.Enqueue(_ => throw Unknown());
        _appends.Enqueue(_ => throw new StorageException("The disk is full."));
        Assert.True(await AppendAsync());
        Assert.Equal(0ul, await _medium.ReadHeadAsync(default));
    }

    [Fact]
    public async Task What_lands_late_is_recognised_when_it_is_written_again()
    {
        _appends.Enqueue(_ => throw Unknown());
        _appends.Enqueue(async entry =>
        {
            // The first append lands just before the second.
            await _medium.AppendAsync(entry, default);
            await _medium.AppendAsync(entry, default);
        });
        Assert.True(await AppendAsync());
    }

    [Fact]
    public async Task Another_writers_entry_is_a_conflict()
    {
        await _medium.AppendAsync(Entry with { Bytes = new byte[] { 2 } }, default);
        await Assert.ThrowsAsync<JournalConflictException>(AppendAsync);
    }

    private static StorageException Unknown() => new("The answer was lost.") { IsUnknown = true };

    private Task<bool> AppendAsync() => new JournalWriter(
        new ScriptedJournal(_medium, _appends),
        TimeSpan.FromMilliseconds(1),
        TimeProvider.System,
        NullLogger.Instance).TryAppendAsync(Entry, default);

    private sealed class ScriptedJournal(MemoryJournal medium, Queue<Func<JournalEntry, Task>> appends) : IJournal
    {
        public ValueTask<ulong?> ReadHeadAsync(CancellationToken cancellationToken) => medium.ReadHeadAsync(cancellationToken);

        public async ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken) =>
            await (appends.TryDequeue(out var append) ? append(entry) : medium.AppendAsync(entry, cancellationToken).AsTask());

        public IAsyncEnumerable<JournalEntry> ReadAsync(ulong fromPosition, ulong toPosition, CancellationToken cancellationToken) =>
            medium.ReadAsync(fromPosition, toPosition, cancellationToken);
    }
}
