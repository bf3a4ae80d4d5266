using Consortium.Consensus.Ports;
using Consortium.Storage.Azure;
using Consortium.Storage.Segments;
using Consortium.Tests.Storage.Segments;

namespace Consortium.Cluster.Tests.Storage;

[Collection(AzuriteTests.Name)]
[Trait("Needs", "Azurite")]
public sealed class AzureSegmentStoreTests(Azurite azurite) : SegmentStoreContract, IAsyncLifetime
{
    private AzureSegmentStore? _store;

    protected override ISegmentStore Store => _store!;

    public async Task InitializeAsync() => _store = await AzureStores.OpenAsync(azurite.Port);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_told()
    {
        var options = new AzureSegmentOptions { ConnectionString = Azurite.ConnectionString(1) };
        var exception = await Assert.ThrowsAsync<StorageException>(async () => await AzureSegmentStore.OpenAsync(options, default));
        Assert.Contains("cannot be reached", exception.Message, StringComparison.Ordinal);
        Assert.False(exception.IsUnknown);
    }

    [Fact]
    public async Task A_key_that_is_wrong_is_told()
    {
        var wrong = Azurite.ConnectionString(azurite.Port).Replace("Eby8", "Abc8", StringComparison.Ordinal);
        var exception = await Assert.ThrowsAsync<StorageException>(
            async () => await AzureSegmentStore.OpenAsync(new AzureSegmentOptions { ConnectionString = wrong }, default));
        Assert.Contains("does not let this process in", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_append_whose_answer_is_lost_is_unknown_and_has_happened_once()
    {
        using var proxy = new AnswerDroppingProxy(azurite.Port);
        var container = AzureStores.NewContainer();
        var store = await AzureStores.OpenAsync(proxy.Port, container);
        await store.CreateAsync("a", default);
        proxy.DropAppends(1);
        Assert.True((await Assert.ThrowsAsync<StorageException>(async () => await store.AppendAsync("a", 0, new byte[5], default))).IsUnknown);
        Assert.Equal(1, proxy.Dropped);
        Assert.Equal([new SegmentInfo("a", 5)], await store.ListAsync("", default));
    }

    [Fact]
    public async Task A_read_whose_answers_are_lost_is_tried_again()
    {
        using var proxy = new AnswerDroppingProxy(azurite.Port);
        var store = await AzureStores.OpenAsync(proxy.Port, AzureStores.NewContainer());
        await store.CreateAsync("a", default);
        await store.AppendAsync("a", 0, new byte[5], default);
        proxy.DropReads(2);
        Assert.Equal(5, await store.ReadAsync("a", 0, new byte[5], default));
        Assert.Equal(2, proxy.Dropped);
    }

    [Fact]
    public async Task A_cancelled_append_says_that_it_was_cancelled()
    {
        await Store.CreateAsync("a", default);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.AppendAsync("a", 0, new byte[1], new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(null, null, 5)]
    [InlineData("UseDevelopmentStorage=true", "https://account.blob.core.windows.net", 5)]
    [InlineData("UseDevelopmentStorage=true", null, 0)]
    [InlineData("UseDevelopmentStorage=true", null, 61)]
    public async Task Settings_out_of_range_are_refused(string? connection, string? uri, int seconds)
    {
        var options = new AzureSegmentOptions
        {
            ConnectionString = connection,
            ServiceUri = uri is null ? null : new Uri(uri),
            TryTimeout = TimeSpan.FromSeconds(seconds),
        };
        await Assert.ThrowsAsync<ArgumentException>(async () => await AzureSegmentStore.OpenAsync(options, default));
    }
}
