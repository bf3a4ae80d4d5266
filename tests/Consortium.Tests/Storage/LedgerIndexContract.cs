using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using static Consortium.Tests.Storage.IndexData;

namespace Consortium.Tests.Storage;

/// <summary>The promises of <c>ILedgerIndex</c>, tested on every implementation.</summary>
public abstract class LedgerIndexContract
{
    protected abstract ILedgerIndex Index { get; }

    [Fact]
    public async Task An_empty_index_knows_nothing()
    {
        Assert.Equal(0ul, Index.Height);
        Assert.Null(await Index.FindBlockAsync(1, default));
        Assert.Null(await Index.FindBlockOfBatchAsync(1, default));
        Assert.Empty(await Index.FindTransactionAsync(Transaction(1), default));
        Assert.Empty(await Index.HoldingsAtAsync(Account(1), ulong.MaxValue, default));
        Assert.Empty(await Index.HistoryAsync(Account(1), 0, ulong.MaxValue, 10, default));
        Assert.Empty(await Index.HoldersAsync(Asset(1), default, 10, default));
        Assert.Empty(await Index.AccountsOfAsync(Owner(1), ulong.MaxValue, default));
    }

    [Fact]
    public async Task Holdings_are_those_last_written_at_or_below_a_height()
    {
        await AddAsync(Simple(1, Holds(1, Full(1), 10), Holds(2, Full(1), 99)));
        await AddAsync(Simple(2, Holds(1, Full(2), 20)), Simple(3, Holds(1, Full(1), 11)));
        Assert.Empty(await HoldingsAsync(1, 0));
        Assert.Equal([(1ul, 10)], await HoldingsAsync(1, 1));
        AssertSet([(1ul, 10), (2ul, 20)], await HoldingsAsync(1, 2));
        AssertSet([(3ul, 11), (2ul, 20)], await HoldingsAsync(1, 3));
        AssertSet([(3ul, 11), (2ul, 20)], await HoldingsAsync(1, ulong.MaxValue));
    }

    [Fact]
    public async Task Holdings_come_in_order_of_instrument_and_keep_right_and_interval()
    {
        await AddAsync(Simple(
            1,
            Holds(1, Full(3), 1),
            Holds(1, Use(3, 5, 9), 2),
            Holds(1, Use(3, 5, 8), 3),
            Holds(1, Full(1), 4),
            Holds(1, Full(2), 5)));
        var found = await Index.HoldingsAtAsync(Account(1), 1, default);
        Assert.Equal(found.Select(row => row.Instrument).Order(), found.Select(row => row.Instrument));
        Assert.Equal([3, 2], found.Where(row => row.Instrument.UntilMs != 0).Select(row => (int)row.Holding.Posted));
        Assert.Contains(found, row => row.Instrument == Use(3, 5, 8));
        Assert.Equal(Holds(1, Full(3), 1).Value.Encode(), found.Single(row => row.Instrument == Full(3)).Holding.Encode());
    }

    [Fact]
    public async Task History_is_in_order_of_height_then_instrument_within_its_bounds()
    {
        for (ulong height = 1; height <= 6; height++)
        {
            await AddAsync(Simple(height, Holds(1, Full(1), (long)height), Holds(1, Full(2), (long)height * 10), Holds(2, Full(1), 5)));
        }

        var found = await Index.HistoryAsync(Account(1), 2, 4, 100, default);
        Assert.Equal([2, 2, 3, 3, 4, 4], found.Select(row => (int)row.Height));
        Assert.Equal(found.OrderBy(row => row.Height).ThenBy(row => row.Instrument), found);
        Assert.All(found, row => Assert.Equal(Account(1), row.Account));
        Assert.Equal(
            found.Take(3).Select(row => (row.Height, row.Instrument)),
            (await Index.HistoryAsync(Account(1), 2, 4, 3, default)).Select(row => (row.Height, row.Instrument)));
        Assert.Empty(await Index.HistoryAsync(Account(1), 7, ulong.MaxValue, 3, default));
    }

    [Fact]
    public async Task Holders_are_paged_in_order_of_account_without_those_who_hold_nothing()
    {
        await AddAsync(Simple(1, [.. Enumerable.Range(0, 25).Select(i => Holds(i, Full(1), 5)), Holds(3, Full(2), 7)]));
        await AddAsync(Simple(2, Holds(4, Full(1), 0), Holds(5, Full(1), -9), Holds(6, Use(1, 2, 3), 8)));
        var all = new List<IndexedHolding>();
        AccountId after = default;
        while (true)
        {
            var page = await Index.HoldersAsync(Asset(1), after, 7, default);
            if (page.Count == 0)
            {
                break;
            }

            Assert.InRange(page.Select(row => row.Account).Distinct().Count(), 1, 7);
            all.AddRange(page);
            after = page[^1].Account;
        }

        Assert.Equal(25, all.Count);
        Assert.Equal(24, all.Select(row => row.Account).Distinct().Count());
        Assert.Equal(all.OrderBy(row => row.Account).ThenBy(row => row.Instrument), all);
        Assert.DoesNotContain(all, row => row.Account == Account(4));
        Assert.Equal(-9, (int)all.Single(row => row.Account == Account(5)).Holding.Posted);
        Assert.Equal(7, (int)Assert.Single(await Index.HoldersAsync(Asset(2), default, 7, default)).Holding.Posted);
    }

    [Fact]
    public async Task Accounts_of_an_owner_are_those_opened_at_or_below_a_height()
    {
        await AddAsync(Simple(1, Opens(1, 1), Opens(2, 2)));
        await AddAsync(Simple(2, Opens(3, 1)), Simple(3, Opens(1, 1, frozen: true)));
        Assert.Empty(await Index.AccountsOfAsync(Owner(1), 0, default));
        Assert.Equal([Account(1)], await Index.AccountsOfAsync(Owner(1), 1, default));
        AccountId[] both = [.. new[] { Account(1), Account(3) }.Order()];
        Assert.Equal(both, await Index.AccountsOfAsync(Owner(1), 2, default));
        Assert.Equal(both, await Index.AccountsOfAsync(Owner(1), 9, default));
    }

    [Fact]
    public async Task Transactions_whose_ids_begin_alike_are_both_candidates()
    {
        var one = Transaction(1);
        var bytes = one.Digest.ToArray();
        bytes[8] ^= 1;
        var other = new TransactionId(Consortium.Ledger.Digest.FromBytes(bytes));
        bytes[7] ^= 1;
        var different = new TransactionId(Consortium.Ledger.Digest.FromBytes(bytes));
        await AddAsync(Block(1, 2, 3, [new IndexedTransaction(one, 1, 0), new IndexedTransaction(different, 1, 1), new IndexedTransaction(other, 2, 300)]));
        Assert.Equal([(1ul, 0), (2ul, 300)], await Index.FindTransactionAsync(one, default));
        Assert.Equal([(1ul, 0), (2ul, 300)], await Index.FindTransactionAsync(other, default));
        Assert.Equal([(1ul, 1)], await Index.FindTransactionAsync(different, default));
        Assert.Empty(await Index.FindTransactionAsync(Transaction(2), default));
    }

    [Fact]
    public async Task Blocks_are_found_by_height_and_by_batch()
    {
        // Block 2 has no batches; batch 4 of block 3 stands before the seal of block 2.
        await AddAsync(Block(1, 2, 3), Block(2, 2, 5));
        await AddAsync(Block(3, 6, 7));
        Assert.Equal(3ul, Index.Height);
        var second = await Index.FindBlockAsync(2, default);
        Assert.Equal((5ul, 3ul, 2ul), (second!.SealPosition, second.FirstPosition, second.Seal.Header.LastPosition));
        Assert.Equal(Block(2, 2, 5).Seal.ToArray(), second.Seal.ToArray());
        Assert.Null(await Index.FindBlockAsync(4, default));
        Assert.Null(await Index.FindBlockAsync(0, default));
        Assert.Null(await Index.FindBlockAsync(ulong.MaxValue, default));
        Assert.Equal("0 1 1 3 3 0", await HeightsOfBatchesAsync(0, 1, 2, 4, 6, 8));
    }

    [Fact]
    public async Task A_first_block_without_batches_holds_no_position()
    {
        await AddAsync(Block(1, 0, 1), Block(2, 3, 4));
        Assert.Equal("0 2 2", await HeightsOfBatchesAsync(0, 1, 3));
    }

    [Fact]
    public async Task Blocks_already_there_are_passed_over()
    {
        await AddAsync(Simple(1, Holds(1, Full(1), 1)), Simple(2));
        await AddAsync(Simple(1, Holds(1, Full(1), 77)), Simple(2), Simple(3, Holds(1, Full(2), 3)));
        Assert.Equal(3ul, Index.Height);
        AssertSet([(1ul, 1), (3ul, 3)], await HoldingsAsync(1, 9));
        Assert.Equal([(1ul, 4)], await Index.FindTransactionAsync(Transaction(1), default));
    }

    [Fact]
    public async Task A_gap_breaks_an_invariant_and_adds_nothing()
    {
        await AddAsync(Simple(1));
        await Assert.ThrowsAsync<InvariantBrokenException>(() => AddAsync(Simple(3, Holds(1, Full(1), 1))));
        await Assert.ThrowsAsync<InvariantBrokenException>(() => AddAsync(Simple(2, Holds(1, Full(1), 1)), Simple(4)));
        Assert.Equal(1ul, Index.Height);
        Assert.Empty(await HoldingsAsync(1, 9));
        await AddAsync(Simple(2));
    }

    [Fact]
    public async Task A_cleared_index_is_empty_and_is_built_again()
    {
        await AddAsync(Simple(1, Holds(1, Full(1), 1), Opens(1, 1)));
        await Index.FlushAsync(default);
        await AddAsync(Simple(2, Holds(1, Full(1), 2)));
        await Index.ClearAsync(default);
        await An_empty_index_knows_nothing();
        await AddAsync(Simple(1, Holds(1, Full(2), 5)));
        Assert.Equal([(1ul, 5)], await HoldingsAsync(1, 9));
    }

    protected Task AddAsync(params SealedBlock[] blocks) => Index.AddAsync(blocks, default).AsTask();

    protected async Task<(ulong Height, int Posted)[]> HoldingsAsync(int account, ulong height) =>
        [.. (await Index.HoldingsAtAsync(Account(account), height, default)).Select(row => (row.Height, (int)row.Holding.Posted))];

    private static void AssertSet((ulong Height, int Posted)[] expected, (ulong Height, int Posted)[] actual) =>
        Assert.Equal(expected.Order(), actual.Order());

    private async Task<string> HeightsOfBatchesAsync(params ulong[] positions)
    {
        var heights = new List<ulong>();
        foreach (var position in positions)
        {
            heights.Add((await Index.FindBlockOfBatchAsync(position, default))?.Seal.Header.Height ?? 0);
        }

        return string.Join(' ', heights);
    }
}
