using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Storage.Azure;
using Consortium.Storage.Segments;
using Consortium.Tests.Storage.Segments;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consortium.Cluster.Tests.Storage;

[Collection(AzuriteTests.Name)]
[Trait("Needs", "Azurite")]
public sealed class AzureSegmentJournalTests(Azurite azurite) : SegmentJournalContract, IAsyncLifetime
{
    private readonly string _container = AzureStores.NewContainer();
    private AzureSegmentStore? _store;

    protected override ISegmentStore Store => _store!;

    public async Task InitializeAsync() => _store = await AzureStores.OpenAsync(azurite.Port, _container);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_append_that_happened_although_its_answer_was_lost_is_recognised_on_retry()
    {
        using var proxy = new AnswerDroppingProxy(azurite.Port);
        var journal = new SegmentJournal(await AzureStores.OpenAsync(proxy.Port, _container), Small);
        await FillAsync(journal, 3);
        for (var i = 3ul; i < 40; i++)
        {
            proxy.DropAppends((int)(i % 2));
            var writer = new JournalWriter(journal, TimeSpan.FromMilliseconds(1), TimeProvider.System, NullLogger.Instance);
            Assert.True(await writer.TryAppendAsync(Entry(i), default));
        }

        Assert.True(proxy.Dropped >= 18);
        var entries = await ReadAsync(Open(), 0, ulong.MaxValue);
        Assert.Equal(40, entries.Count);
        Assert.All(entries, entry => AssertSame(Entry(entry.Position), entry));
    }

    [Fact]
    public async Task A_position_written_by_another_process_is_a_conflict()
    {
        await FillAsync(Journal, 3);
        var other = Open();
        Assert.Equal(2ul, await other.ReadHeadAsync(default));
        await other.AppendAsync(Entry(3), default);
        var exception = await Assert.ThrowsAsync<JournalConflictException>(async () => await Journal.AppendAsync(Entry(3), default));
        Assert.Equal(3ul, exception.Position);
    }
}
