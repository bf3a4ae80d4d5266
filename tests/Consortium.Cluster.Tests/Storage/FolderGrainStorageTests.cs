using Consortium.Storage.Snapshots;
using Consortium.Tests.Storage;
using Orleans.Storage;

namespace Consortium.Cluster.Tests.Storage;

public sealed class FolderGrainStorageTests : GrainSnapshotContract, IDisposable
{
    private static readonly GrainId Grain = GrainId.Create("a", "b");

    private readonly TemporaryFolder _temporary = new();

    public FolderGrainStorageTests() => Storage = Open();

    protected override IGrainStorage Storage { get; }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task What_another_process_wrote_since_it_was_read_is_not_overwritten()
    {
        var (first, second) = (State(1), State(2));
        await Storage.WriteStateAsync("s", Grain, first);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Open().WriteStateAsync("s", Grain, second));
        await Open().ReadStateAsync("s", Grain, second);
        second.State = State(3).State;
        await Open().WriteStateAsync("s", Grain, second);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("s", Grain, first));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync("s", Grain, first));
        await Storage.ReadStateAsync("s", Grain, first);
        Assert.Equal([3], first.State!.Bytes.ToArray());
    }

    [Fact]
    public async Task What_is_cleared_is_gone_and_may_be_written_again()
    {
        var state = State(1);
        await Storage.WriteStateAsync("s", Grain, state);
        await Storage.ClearStateAsync("s", Grain, state);
        await Storage.ReadStateAsync("s", Grain, state);
        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        await Storage.WriteStateAsync("s", Grain, State(2));
    }

    [Fact]
    public void State_that_is_not_bytes_is_refused() =>
        Assert.Throws<NotSupportedException>(() => new StoredBytesSerializer().Serialize("text"));

    private static GrainState<StoredBytes> State(byte value) => new(new StoredBytes { Bytes = new[] { value } });

    private FolderGrainStorage Open() => new(_temporary.Path, new StoredBytesSerializer(), TimeProvider.System);
}
