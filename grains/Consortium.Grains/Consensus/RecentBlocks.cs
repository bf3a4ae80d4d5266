using System.Collections.Concurrent;
using Consortium.Consensus.Ports;

namespace Consortium.Grains.Consensus;

/// <summary>The last blocks that this process wrote to the block log, so that the index of this process need not read them back.</summary>
/// <remarks>Bounded: an index that is further behind reads the log, as the index of any other process does.</remarks>
public sealed class RecentBlocks
{
    /// <summary>Most blocks kept; the oldest is dropped first.</summary>
    public const int BlocksMax = 64;

    private readonly ConcurrentDictionary<ulong, SealedBlock> _byHeight = new();

    /// <summary>Adds blocks that the block log has. Called by one task at a time.</summary>
    /// <param name="blocks">The blocks, in order of height.</param>
    public void Add(IReadOnlyList<SealedBlock> blocks)
    {
        foreach (var block in blocks)
        {
            var height = block.Seal.Header.Height;
            _byHeight[height] = block;
            if (height > BlocksMax)
            {
                _byHeight.TryRemove(height - BlocksMax, out _);
            }
        }
    }

    /// <summary>Removes a block and returns it; the index of this process takes each block once.</summary>
    /// <param name="height">Its height.</param>
    /// <returns>The block, or <see langword="null"/> when the log must be read.</returns>
    public SealedBlock? Take(ulong height) => _byHeight.TryRemove(height, out var block) ? block : null;
}
