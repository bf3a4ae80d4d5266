using System.Runtime.CompilerServices;
using Consortium.Consensus.Ports;

namespace Consortium.Simulation.Memory;

/// <summary>Snapshots that end with the process: for tests and simulation.</summary>
public sealed class MemorySnapshotStore : ISnapshotStore
{
    private volatile IReadOnlyList<Snapshot> _newestFirst = [];

    /// <inheritdoc/>
    public ValueTask SaveAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ReadOnlyMemory<byte>[] parts = [.. snapshot.Parts.Select(part => (ReadOnlyMemory<byte>)part.ToArray())];
        _newestFirst = [new Snapshot(snapshot.Height, parts), .. _newestFirst.Take(1)];
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Snapshot> ReadNewestFirstAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var snapshot in _newestFirst)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return snapshot;
        }
    }
}
