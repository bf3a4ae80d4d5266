using System.Buffers;
using System.Runtime.CompilerServices;
using Consortium.Consensus.Ports;
using Consortium.Ledger.Blocks;

namespace Consortium.Consensus.Sequencing;

/// <summary>A snapshot that is to be kept: written while ordering goes on, a slice of one shard at a time.</summary>
/// <remarks>
/// The shards keep their state as of the cut, beside all later changes, until the snapshot is written. So the observer that receives it
/// reads it at once and only once, then calls <see cref="End"/>; the sequencer begins no other snapshot before that.
/// </remarks>
public sealed class SnapshotExport
{
    /// <summary>Most bytes in a part, unless one slice has more.</summary>
    public const int PartBytesMax = 1 << 20;

    // A slice takes about 0.1 ms of one core; with a pause after each, a snapshot takes about a tenth of it.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly LedgerCore _core;
    private readonly SnapshotManifest _manifest;
    private readonly TimeProvider _timeProvider;
    private volatile DuplicateWindowExport? _window;
    private long _bytes;

    internal SnapshotExport(LedgerCore core, SnapshotManifest manifest, DuplicateWindowExport window, TimeProvider timeProvider) =>
        (_core, _manifest, _window, _timeProvider) = (core, manifest, window, timeProvider);

    /// <summary>Height of the block whose state the snapshot has.</summary>
    public ulong Height => _manifest.Seal.Header.Height;

    /// <summary>Bytes written so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Whether <see cref="End"/> was called.</summary>
    internal bool IsOver => _window is null;

    /// <summary>Reads the state from the shards and packs it into parts of about 1 MiB.</summary>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>The parts in order. The bytes of one are valid until the next is asked for.</returns>
    /// <exception cref="StorageException">A shard could not be reached, or has let go of its state: the snapshot cannot be had any more.</exception>
    /// <exception cref="ShardMovedException">A shard restarted, or another activation has it: the snapshot cannot be had any more.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> PartsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Rented from the pool, so that all parts and all snapshots use the same memory.
        var part = ArrayPool<byte>.Shared.Rent(PartBytesMax);
        try
        {
            var length = 0;
            await foreach (var section in SectionsAsync(cancellationToken))
            {
                if (length > 0 && length + section.Size > PartBytesMax)
                {
                    yield return part.AsMemory(0, length);
                    length = 0;
                }

                if (section.Size > part.Length)
                {
                    ArrayPool<byte>.Shared.Return(part);
                    part = ArrayPool<byte>.Shared.Rent(section.Size);
                }

                section.Write(part.AsSpan(length));
                length += section.Size;
                Interlocked.Add(ref _bytes, section.Size);
            }

            yield return part.AsMemory(0, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(part);
        }
    }

    /// <summary>Ends the snapshot, whether it was kept or not: the sequencer may begin another.</summary>
    public void End() => _window = null;

    private async IAsyncEnumerable<SnapshotSection> SectionsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new SnapshotSection(SnapshotSection.Manifest, _manifest.ToArray());
        foreach (var slice in _window?.Slices() ?? [])
        {
            yield return new SnapshotSection(SnapshotSection.Window, WindowSlice.Write(slice));
            await Task.Delay(Pause, _timeProvider, cancellationToken);
        }

        for (var shard = 0; shard < _core.Genesis.Shards; shard++)
        {
            for (var slice = 0; await _core.ExportAsync(shard, Height, slice, cancellationToken) is { } bytes; slice++)
            {
                yield return new SnapshotSection(shard, bytes);
                await Task.Delay(Pause, _timeProvider, cancellationToken);
            }
        }
    }
}
