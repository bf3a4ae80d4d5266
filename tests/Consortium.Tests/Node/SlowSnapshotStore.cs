using Consortium.Consensus.Ports;

namespace Consortium.Tests.Node;

/// <summary>Snapshots that begin to be kept only when they are let.</summary>
internal sealed class SlowSnapshotStore(ISnapshotStore snapshots) : ISnapshotStore
{
    private readonly TaskCompletionSource<ulong> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the block of the first snapshot that is to be kept.</summary>
    public Task<ulong> Begun => _begun.Task;

    public void Release() => _released.TrySetResult();

    public async ValueTask<ISnapshotWriter> BeginAsync(ulong height, CancellationToken cancellationToken)
    {
        _begun.TrySetResult(height);
        await _released.Task;
        return await snapshots.BeginAsync(height, cancellationToken);
    }

    public IAsyncEnumerable<IStoredSnapshot> ReadNewestFirstAsync(CancellationToken cancellationToken) =>
        snapshots.ReadNewestFirstAsync(cancellationToken);
}
