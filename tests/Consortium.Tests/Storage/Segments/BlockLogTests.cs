using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Storage.Segments;
using static Consortium.Tests.Storage.IndexData;

namespace Consortium.Tests.Storage.Segments;

public sealed class BlockLogTests
{
    private static readonly SegmentLogOptions Options = new() { Prefix = "blocks/", RollBytes = 4096, RollAppends = 50 };

    private readonly MemorySegmentStore _store = new();

    [Fact]
    public async Task Blocks_are_read_as_they_were_added()
    {
        var log = await OpenAsync();
        Assert.Equal(0ul, log.Height);
        Assert.Empty(await ReadAsync(log, 1, ulong.MaxValue));
        await log.AddAsync([.. Enumerable.Range(1, 30).Select(Rich)], default);
        await log.FlushAsync(default);
        Assert.Equal(30ul, log.Height);

        var other = await OpenAsync();
        Assert.Equal(30ul, other.Height);
        var blocks = await ReadAsync(other, 0, ulong.MaxValue);
        Assert.Equal(30, blocks.Count);
        for (var i = 0; i < 30; i++)
        {
            AssertSame(Rich(i + 1), blocks[i]);
        }

        Assert.Equal([7ul, 8ul], (await ReadAsync(other, 7, 8)).Select(block => block.Seal.Header.Height));
    }

    [Fact]
    public async Task Blocks_that_are_there_are_passed_over()
    {
        var log = await OpenAsync();
        await log.AddAsync([Simple(1), Simple(2)], default);
        await log.AddAsync([Simple(1), Simple(2)], default);
        await log.AddAsync([Simple(2), Simple(3)], default);
        Assert.Equal([1ul, 2ul, 3ul], (await ReadAsync(log, 1, 9)).Select(block => block.Seal.Header.Height));
    }

    [Fact]
    public async Task Blocks_that_another_process_added_are_passed_over()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        await first.AddAsync([Simple(1), Simple(2)], default);
        await second.AddAsync([Simple(1), Simple(2), Simple(3)], default);
        await first.AddAsync([Simple(3), Simple(4)], default);
        await second.AddAsync([Simple(5)], default);
        Assert.Equal(4ul, first.Height);
        Assert.Equal(5ul, await first.HeightAsync(default));
        Assert.Equal(5, (await ReadAsync(first, 1, 9)).Count);
    }

    [Fact]
    public async Task A_gap_breaks_an_invariant_and_adds_nothing()
    {
        var log = await OpenAsync();
        await log.AddAsync([Simple(1)], default);
        await Assert.ThrowsAsync<InvariantBrokenException>(async () => await log.AddAsync([Simple(3)], default));
        await Assert.ThrowsAsync<InvariantBrokenException>(async () => await log.AddAsync([Simple(2), Simple(4)], default));
        Assert.Equal(1ul, await log.HeightAsync(default));
    }

    [Fact]
    public async Task Adding_again_after_an_answer_was_lost_adds_each_block_once()
    {
        var log = await OpenAsync();
        await log.AddAsync([Simple(1)], default);
        _store.OnAppend = (append, _, _, bytes) =>
        {
            _store.OnAppend = null;
            append(bytes);
            throw new StorageException("The answer was lost.") { IsUnknown = true };
        };
        await Assert.ThrowsAsync<StorageException>(async () => await log.AddAsync([Simple(2), Simple(3)], default));
        await log.AddAsync([Simple(2), Simple(3)], default);
        Assert.Equal([1ul, 2ul, 3ul], (await ReadAsync(log, 1, 9)).Select(block => block.Seal.Header.Height));
    }

    [Fact]
    public void What_is_not_a_block_is_not_decoded()
    {
        var bytes = SealedBlockCodec.Encode(Rich(3));
        Assert.NotNull(SealedBlockCodec.Decode(bytes));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Null(SealedBlockCodec.Decode(bytes.AsMemory(0, length)));
        }

        Assert.Null(SealedBlockCodec.Decode((byte[])[.. bytes, 0]));
        Assert.Null(SealedBlockCodec.Decode((byte[])[2, .. bytes[1..]]));
    }

    private static SealedBlock Rich(int height) => Block(
        (ulong)height,
        (3 * (ulong)height) - 1,
        3 * (ulong)height,
        [new IndexedTransaction(Transaction(height), (3 * (ulong)height) - 2, 4), new IndexedTransaction(Transaction(1000 + height), (3 * (ulong)height) - 1, 0)],
        Holds(height, Full(1), height),
        Holds(height, Use(2, 5, 9), 0),
        Opens(height, 1));

    private static void AssertSame(SealedBlock expected, SealedBlock actual)
    {
        Assert.Equal(expected.Seal.ToArray(), actual.Seal.ToArray());
        Assert.Equal(expected.SealPosition, actual.SealPosition);
        Assert.Equal(expected.Transactions, actual.Transactions);
        Assert.Equal(
            expected.Changes.Select(change => (change.Key, Convert.ToHexString(change.Value.Encode()))),
            actual.Changes.Select(change => (change.Key, Convert.ToHexString(change.Value.Encode()))));
    }

    private static async Task<List<SealedBlock>> ReadAsync(BlockLog log, ulong from, ulong to)
    {
        var blocks = new List<SealedBlock>();
        await foreach (var block in log.ReadAsync(from, to, default))
        {
            blocks.Add(block);
        }

        return blocks;
    }

    private ValueTask<BlockLog> OpenAsync() => BlockLog.OpenAsync(_store, Options, default);
}
