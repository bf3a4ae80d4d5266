namespace Consortium.Consensus.Ports;

/// <summary>Keeps the latest snapshots, each in parts.</summary>
/// <remarks>
/// A snapshot is a convenience: losing or damaging one costs time at the next start and nothing else. Its parts are opaque to storage,
/// of about 1 MiB, and never empty.
/// </remarks>
public interface ISnapshotStore
{
    /// <summary>Begins to store a snapshot, which exists only once <see cref="ISnapshotWriter.CompleteAsync"/> has succeeded.</summary>
    /// <param name="height">The block that it stands for.</param>
    /// <param name="cancellationToken">Stops before it is begun.</param>
    /// <returns>A writer for the snapshot's parts.</returns>
    /// <exception cref="StorageException">It was not begun; beginning again is safe.</exception>
    ValueTask<ISnapshotWriter> BeginAsync(ulong height, CancellationToken cancellationToken);

    /// <summary>Lists the snapshots that were kept whole, newest first.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>At most two.</returns>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    IAsyncEnumerable<IStoredSnapshot> ReadNewestFirstAsync(CancellationToken cancellationToken);
}
