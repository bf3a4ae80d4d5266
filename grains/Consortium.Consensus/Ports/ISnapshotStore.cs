namespace Consortium.Consensus.Ports;

/// <summary>Keeps the latest snapshots.</summary>
/// <remarks>A snapshot is a convenience: losing or damaging one costs time at the next start and nothing else.</remarks>
public interface ISnapshotStore
{
    /// <summary>Keeps a snapshot whole or not at all, and forgets all but the newest two.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="cancellationToken">Stops before the snapshot is kept.</param>
    /// <returns>A task that completes when the snapshot is durable.</returns>
    /// <exception cref="StorageException">The snapshot was not kept.</exception>
    ValueTask SaveAsync(Snapshot snapshot, CancellationToken cancellationToken);

    /// <summary>Reads the snapshots that are whole, newest first; damaged ones are passed over.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>At most two.</returns>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    IAsyncEnumerable<Snapshot> ReadNewestFirstAsync(CancellationToken cancellationToken);
}
