using Consortium.Consensus.Ports;
using Consortium.Storage.Segments;

namespace Consortium.Silo.Hosting;

/// <summary>Where a cluster keeps its ledger: the same for every silo of it.</summary>
/// <param name="Segments">The segments that journal and block log are made of.</param>
internal sealed record ClusterStorage(ISegmentStore Segments)
{
    // A start reads the last segment to find the head: small ones begin quickly.
    private const long RollBytes = 16L << 20;

    private static readonly SegmentLogOptions JournalLayout = new() { Prefix = "journal/", RollBytes = RollBytes };
    private static readonly SegmentLogOptions BlockLayout = new() { Prefix = "blocks/", RollBytes = RollBytes };

    /// <summary>The journal.</summary>
    public IJournal Journal { get; } = new SegmentJournal(Segments, JournalLayout);

    /// <summary>Opens the block log as it is now.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The log.</returns>
    /// <exception cref="StorageException">The storage cannot be read.</exception>
    public ValueTask<BlockLog> OpenBlocksAsync(CancellationToken cancellationToken) =>
        BlockLog.OpenAsync(Segments, BlockLayout, cancellationToken);

    /// <summary>Opens the storage that the settings name.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="timeProvider">The only clock.</param>
    /// <returns>The storage.</returns>
    public static ClusterStorage Open(SiloOptions options, TimeProvider timeProvider) => options.StorageFolder is { } folder
        ? new ClusterStorage(new FolderSegmentStore(Path.Combine(folder, "ledger"), timeProvider))
        : throw new NotSupportedException();
}
