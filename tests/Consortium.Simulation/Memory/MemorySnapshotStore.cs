using System.Runtime.CompilerServices;
using Consortium.Consensus.Ports;

namespace Consortium.Simulation.Memory;

/// <summary>Snapshots that end with the process: for tests and simulation.</summary>
public sealed class MemorySnapshotStore : ISnapshotStore
{
    private volatile IReadOnlyList<Snapshot> _newestFirst = [];

    /// <inheritdoc/>
    public ValueTask<ISnapshotWriter> BeginAsync(ulong height, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<ISnapshotWriter>(new SnapshotCollector(height, (snapshot, _) =>
        {
            _newestFirst = [snapshot, .. _newestFirst.Take(1)];
            return ValueTask.CompletedTask;
        }));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IStoredSnapshot> ReadNewestFirstAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var snapshot in _newestFirst)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return snapshot;
        }
    }
}
