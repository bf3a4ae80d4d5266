namespace Consortium.Consensus.Ports;

/// <summary>Stores sealed blocks in order of height: the ledger index of one process, or the block log that all processes read.</summary>
/// <remarks>Derived from the journal and never ahead of it. Blocks are added in order by one caller at a time.</remarks>
public interface IBlockArchive
{
    /// <summary>The last block known to be kept; 0 when there is none.</summary>
    ulong Height { get; }

    /// <summary>Adds blocks in order; those at or below <see cref="Height"/> are passed over.</summary>
    /// <param name="blocks">Blocks without gaps.</param>
    /// <param name="cancellationToken">Stops before anything is added.</param>
    /// <returns>A task that completes when the blocks can be read.</returns>
    /// <exception cref="StorageException">Not all of them are known to be added; adding them again is safe.</exception>
    ValueTask AddAsync(IReadOnlyList<SealedBlock> blocks, CancellationToken cancellationToken);

    /// <summary>Makes all that was added survive a power failure; called before a snapshot relies on it.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when it is durable.</returns>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
