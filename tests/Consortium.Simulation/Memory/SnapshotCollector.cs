using Consortium.Consensus.Ports;

namespace Consortium.Simulation.Memory;

/// <summary>Collects the parts of a snapshot and keeps it when it is complete.</summary>
/// <param name="height">The block.</param>
/// <param name="keep">Keeps the snapshot; the parts are its own.</param>
public sealed class SnapshotCollector(ulong height, Func<Snapshot, CancellationToken, ValueTask> keep) : ISnapshotWriter
{
    private readonly List<ReadOnlyMemory<byte>> _parts = [];

    /// <inheritdoc/>
    public ValueTask AddAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _parts.Add(part.ToArray());
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return keep(new Snapshot(height, [.. _parts]), cancellationToken);
    }
}
