using System.Runtime.CompilerServices;
using Consortium.Consensus.Ports;
using Consortium.Ledger;

namespace Consortium.Storage.Segments;

/// <summary>Sealed blocks with what they changed, in order of height, for every process to build its ledger index from.</summary>
/// <remarks>
/// Derived from the journal. Two processes may append the same block, because what is in it follows from the journal: the first one
/// is kept. Blocks are durable when they are added.
/// </remarks>
public sealed class BlockLog : IBlockArchive
{
    private const byte BlockKind = 1;

    private readonly SegmentLog _log;

    private BlockLog(SegmentLog log) => _log = log;

    /// <inheritdoc/>
    /// <remarks>As this process last saw it; <see cref="HeightAsync"/> looks at storage.</remarks>
    public ulong Height => _log.KnownNext - 1;

    /// <summary>Opens a log and finds its height.</summary>
    /// <param name="store">The store of the log's segments.</param>
    /// <param name="options">Prefix and bounds of the segments.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The log.</returns>
    /// <exception cref="ArgumentException">The store could not serve these settings.</exception>
    /// <exception cref="StorageException">Storage cannot be read or is damaged.</exception>
    public static async ValueTask<BlockLog> OpenAsync(ISegmentStore store, SegmentLogOptions options, CancellationToken cancellationToken)
    {
        var log = new BlockLog(new SegmentLog(store, options, firstPosition: 1));
        await log.HeightAsync(cancellationToken);
        return log;
    }

    /// <summary>Looks at storage for the last whole block.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Its height; 0 when there is none.</returns>
    /// <exception cref="StorageException">Storage cannot be read or is damaged.</exception>
    public async ValueTask<ulong> HeightAsync(CancellationToken cancellationToken) => await _log.ReadNextAsync(cancellationToken) - 1;

    /// <inheritdoc/>
    public async ValueTask AddAsync(IReadOnlyList<SealedBlock> blocks, CancellationToken cancellationToken)
    {
        for (var i = 1; i < blocks.Count; i++)
        {
            Invariant.Holds(blocks[i].Seal.Header.Height == blocks[i - 1].Seal.Header.Height + 1);
        }

        var height = Height;
        if (blocks.Count > 0 && blocks[0].Seal.Header.Height > height + 1)
        {
            // Another process may have added the blocks between.
            height = await HeightAsync(cancellationToken);
            Invariant.Holds(blocks[0].Seal.Header.Height <= height + 1);
        }

        while (blocks.Count > 0 && blocks[^1].Seal.Header.Height > height)
        {
            try
            {
                await AppendAsync(blocks.Where(block => block.Seal.Header.Height > height), cancellationToken);
                return;
            }
            catch (JournalConflictException)
            {
                // Another process added some of them; what is in them is the same.
                height = await HeightAsync(cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Reads blocks in order.</summary>
    /// <param name="fromHeight">The first height.</param>
    /// <param name="toHeight">The last height, inclusive; past the end stops at the end as it was when reading began.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The blocks without gaps.</returns>
    /// <exception cref="StorageException">Storage cannot be read or is damaged.</exception>
    public async IAsyncEnumerable<SealedBlock> ReadAsync(
        ulong fromHeight,
        ulong toHeight,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var record in _log.ReadAsync(fromHeight, toHeight, cancellationToken))
        {
            yield return record.Kind == BlockKind
                && SealedBlockCodec.Decode(record.Bytes) is { } block
                && block.Seal.Header.Height == record.Position
                    ? block
                    : throw new StorageException(
                        $"Block {record.Position} in the log of blocks cannot be read: a newer version of Consortium wrote it, or it is damaged. Start that version, or delete the log's segments while no silo runs: it is written again from the journal.");
        }
    }

    private Task AppendAsync(IEnumerable<SealedBlock> blocks, CancellationToken cancellationToken) => Task.WhenAll([.. blocks.Select(
        block => _log.AppendAsync(new LogRecord(block.Seal.Header.Height, BlockKind, SealedBlockCodec.Encode(block)), cancellationToken))]);
}
