using Consortium.Consensus.Ports;
using Consortium.Storage.Segments;

namespace Consortium.Storage.Importing;

/// <summary>A mark in the storage that an import has begun and not finished, which every process sharing the storage sees.</summary>
/// <remarks>It is set before the first journal entry is written and cleared after the last one: while it is there, nobody may order.</remarks>
/// <param name="store">The store of the journal's segments.</param>
public sealed class ImportMark(ISegmentStore store)
{
    /// <summary>Name of the mark in the store.</summary>
    public const string Name = "import/begun";

    /// <summary>Looks for the mark.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether an import has not finished.</returns>
    /// <exception cref="StorageException">The storage cannot be read.</exception>
    public async ValueTask<bool> IsSetAsync(CancellationToken cancellationToken) => (await store.ListAsync(Name, cancellationToken)).Count > 0;

    /// <summary>Sets the mark durably.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when the mark is set.</returns>
    /// <exception cref="StorageException">The mark may not be set.</exception>
    public ValueTask SetAsync(CancellationToken cancellationToken) => store.CreateAsync(Name, cancellationToken);

    /// <summary>Clears the mark.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when the mark is gone.</returns>
    /// <exception cref="StorageException">The mark may still be set.</exception>
    public ValueTask ClearAsync(CancellationToken cancellationToken) => store.DeleteAsync(Name, cancellationToken);
}
