using Consortium.Consensus.Ports;
using Consortium.Grains.Consensus;
using Consortium.Ledger.Blocks;

namespace Consortium.Cluster.Tests.Local;

/// <summary>The index takes blocks that this process wrote from memory, and memory holds only as many as the index usually lags.</summary>
public sealed class RecentBlocksTests
{
    [Fact]
    public void A_block_is_taken_once()
    {
        var recent = new RecentBlocks();
        recent.Add([Block(1), Block(2)]);
        Assert.Equal(2UL, recent.Take(2)?.Seal.Header.Height);
        Assert.Null(recent.Take(2));
        Assert.NotNull(recent.Take(1));
        Assert.Null(recent.Take(3));
    }

    [Fact]
    public void An_index_that_is_further_behind_has_to_read_the_log()
    {
        var recent = new RecentBlocks();
        for (var height = 1UL; height <= RecentBlocks.BlocksMax + 1; height++)
        {
            recent.Add([Block(height)]);
        }

        Assert.Null(recent.Take(1));
        Assert.NotNull(recent.Take(2));
    }

    private static SealedBlock Block(ulong height) => new(
        new BlockSeal(new BlockHeader(default, height, default, default, default, default, 0, 0, 0, default, default, 0), default),
        SealPosition: 0,
        [],
        []);
}
