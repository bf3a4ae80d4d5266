namespace Consortium.Consensus.Ports;

/// <summary>Stores the parts of one snapshot. A snapshot that is never completed is deleted when later ones are stored.</summary>
public interface ISnapshotWriter
{
    /// <summary>Adds the next part.</summary>
    /// <param name="part">Its bytes, which the caller uses again when the task has completed.</param>
    /// <param name="cancellationToken">Stops before the part is added.</param>
    /// <returns>A task that completes when the part is written.</returns>
    /// <exception cref="StorageException">The part was not written; adding it again is safe.</exception>
    ValueTask AddAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken);

    /// <summary>Keeps the snapshot, now that all parts are written, and forgets all but the newest two.</summary>
    /// <param name="cancellationToken">Stops before the snapshot is kept.</param>
    /// <returns>A task that completes when the snapshot is durable.</returns>
    /// <exception cref="StorageException">The snapshot is not known to be kept; completing again is safe.</exception>
    ValueTask CompleteAsync(CancellationToken cancellationToken);
}
