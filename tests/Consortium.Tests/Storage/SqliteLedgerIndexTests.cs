using Consortium.Consensus.Ports;
using Consortium.Ledger.Assets;
using Consortium.Simulation.Memory;
using Consortium.Storage;
using Consortium.Storage.Indexing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using static Consortium.Tests.Storage.IndexData;

namespace Consortium.Tests.Storage;

public sealed class SqliteLedgerIndexTests : LedgerIndexContract, IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly ListLogger<SqliteLedgerIndex> _logger = new();
    private readonly DataFolder _folder;
    private SqliteLedgerIndex _index;

    public SqliteLedgerIndexTests()
    {
        _folder = DataFolder.Open(_temporary.Path);
        _index = SqliteLedgerIndex.Open(_folder, _logger);
    }

    protected override ILedgerIndex Index => _index;

    public void Dispose()
    {
        _index.Dispose();
        _folder.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public async Task What_was_added_is_there_after_opening_again()
    {
        await AddAsync(Simple(1, Holds(1, Full(1), 1), Opens(1, 1)), Simple(2, Holds(1, Full(2), 2)));
        Reopen();
        Assert.Equal(2ul, _index.Height);
        await AddAsync(Simple(3, Holds(1, Full(3), 3)));
        Reopen();
        Assert.Equal(3, (await HoldingsAsync(1, 3)).Length);
        Assert.Equal([Account(1)], await _index.AccountsOfAsync(Owner(1), 3, default));
        Assert.Equal(6ul, (await _index.FindBlockAsync(3, default))!.FirstPosition);
    }

    [Fact]
    public async Task What_was_flushed_is_in_the_files_while_the_process_still_runs()
    {
        await AddAsync(Simple(1, Holds(1, Full(1), 1)));
        await _index.FlushAsync(default);
        await AddAsync(Simple(2, Holds(1, Full(1), 2)));
        using var folder = DataFolder.Open(_temporary.Copy());
        using var copy = SqliteLedgerIndex.Open(folder, _logger);
        Assert.Equal(1ul, copy.Height);
        await copy.AddAsync([Simple(1), Simple(2, Holds(1, Full(1), 3))], default);
        Assert.Equal(3, (int)Assert.Single(await copy.HoldingsAtAsync(Account(1), 2, default)).Holding.Posted);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Answers_are_those_of_the_index_in_memory_however_runs_are_merged(int seed)
    {
        var random = new Random(seed);
        var plain = new MemoryLedgerIndex();
        Instrument[] instruments = [Full(1), Full(2), Use(1, 3, 9), Use(1, 3, 10), Full(3)];
        for (ulong height = 1; height <= 150; height++)
        {
            var changes = Enumerable.Range(0, random.Next(60))
                .Select(_ => Holds(random.Next(40), instruments[random.Next(5)], random.Next(4)))
                .DistinctBy(change => change.Key)
                .Append(Opens(random.Next(40), random.Next(3)))
                .ToArray();
            var block = Simple(height, changes);
            await plain.AddAsync([block], default);
            await AddAsync(block);
            if (random.Next(2) == 0)
            {
                _index.StoreAndMerge();
            }

            if (height % 25 == 0)
            {
                await AssertSameAnswersAsync(plain, random, height);
            }
        }

        Reopen();
        await AssertSameAnswersAsync(plain, random, 150);
    }

    [Fact]
    public async Task Merging_keeps_the_number_of_runs_small_and_leaves_nothing_behind()
    {
        for (ulong height = 1; height <= 80; height++)
        {
            await AddAsync(Simple(height, [.. Enumerable.Range(0, 300).Select(i => Holds(i, Full(1), (long)height))]));
            _index.StoreAndMerge();
        }

        Assert.InRange(Query("SELECT count(*) FROM runs"), 1, 16);
        Assert.Equal(0, Query("SELECT count(*) FROM garbage"));
        Assert.Equal(0, Query("SELECT count(*) FROM chunks WHERE id >> 28 NOT IN (SELECT id FROM runs)"));
        Assert.Equal(Query("SELECT count(*) FROM chunks"), Query("SELECT count(*) FROM fences"));
        Assert.Equal(80, (await _index.HistoryAsync(Account(7), 0, 99, 500, default)).Count);
    }

    [Fact]
    public async Task What_an_interrupted_merge_left_is_deleted()
    {
        await AddAsync(Simple(1, Holds(1, Full(1), 1)));
        _index.Dispose();
        Execute("INSERT INTO garbage VALUES (77); INSERT INTO chunks VALUES ((77 << 28) + 3, x'00'); INSERT INTO fences VALUES (77, x'01', 3)");
        _index = SqliteLedgerIndex.Open(_folder, _logger);
        _index.StoreAndMerge();
        Assert.Equal(0, Query("SELECT count(*) FROM chunks WHERE id >> 28 = 77") + Query("SELECT count(*) FROM fences WHERE run = 77"));
        Assert.Equal([(1ul, 1)], await HoldingsAsync(1, 9));
    }

    [Fact]
    public async Task A_damaged_file_is_replaced_by_an_empty_one_with_a_warning()
    {
        await AddAsync(Simple(1, Holds(1, Full(1), 1)));
        _index.Dispose();
        await File.WriteAllTextAsync(_folder.IndexPath, new string('x', 50_000));
        _index = SqliteLedgerIndex.Open(_folder, _logger);
        Assert.Equal(0ul, _index.Height);
        Assert.Contains(_logger.Lines, line => line.Level == LogLevel.Warning && line.Message.Contains("replaced", StringComparison.Ordinal));
        await AddAsync(Simple(1, Holds(1, Full(1), 1)));
    }

    [Fact]
    public async Task Damage_noticed_by_a_question_is_told_and_mended_at_the_next_start()
    {
        await AddAsync(Simple(1, Holds(1, Full(1), 1)));
        await _index.FlushAsync(default);
        Execute("UPDATE chunks SET bytes = substr(bytes, 1, 20) || x'55' || substr(bytes, 22)");
        var exception = await Assert.ThrowsAsync<StorageException>(() => HoldingsAsync(1, 1));
        Assert.Contains("damaged", exception.Message, StringComparison.Ordinal);
        Reopen();
        Assert.Equal(0ul, _index.Height);
        await AddAsync(Simple(1, Holds(1, Full(1), 1)));
        Reopen();
        Assert.Equal(1ul, _index.Height);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_and_not_changed()
    {
        await AddAsync(Simple(1));
        _index.Dispose();
        Execute("PRAGMA user_version=2");
        var bytes = await File.ReadAllBytesAsync(_folder.IndexPath);
        Assert.Contains(
            "newer version",
            Assert.Throws<StorageException>(() => SqliteLedgerIndex.Open(_folder, _logger)).Message,
            StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_folder.IndexPath));
    }

    [Fact]
    public async Task A_full_disk_fails_the_flush_and_loses_nothing()
    {
        await AddAsync(Simple(1, [.. Enumerable.Range(0, 3000).Select(i => Holds(i, Full(1), 1))]));
        _index.LimitPages(1);
        var exception = await Assert.ThrowsAsync<StorageException>(async () => await _index.FlushAsync(default));
        Assert.Contains("disk is full", exception.Message, StringComparison.Ordinal);
        Assert.Equal([(1ul, 1)], await HoldingsAsync(5, 1));
        _index.LimitPages(1_000_000);
        await _index.FlushAsync(default);
        Reopen();
        Assert.Equal(1ul, _index.Height);
        Assert.Equal([(1ul, 1)], await HoldingsAsync(5, 1));
    }

    private async Task AssertSameAnswersAsync(MemoryLedgerIndex plain, Random random, ulong height)
    {
        for (var account = 0; account < 40; account++)
        {
            var at = (ulong)random.Next((int)height + 2);
            AssertSame(await plain.HoldingsAtAsync(Account(account), at, default), await _index.HoldingsAtAsync(Account(account), at, default));
            var limit = random.Next(1, 30);
            AssertSame(
                await plain.HistoryAsync(Account(account), at / 2, at, limit, default),
                await _index.HistoryAsync(Account(account), at / 2, at, limit, default));
        }

        for (var asset = 1; asset <= 4; asset++)
        {
            AssertSame(
                await plain.HoldersAsync(Asset(asset), Account(asset), 9, default),
                await _index.HoldersAsync(Asset(asset), Account(asset), 9, default));
            AssertSame(
                await plain.HoldersAsync(Asset(asset), default, 99, default),
                await _index.HoldersAsync(Asset(asset), default, 99, default));
            var at = (ulong)random.Next((int)height + 2);
            Assert.Equal(await plain.AccountsOfAsync(Owner(asset - 1), at, default), await _index.AccountsOfAsync(Owner(asset - 1), at, default));
        }

        for (var number = 1; number <= (int)height; number++)
        {
            Assert.Equal(await plain.FindTransactionAsync(Transaction(number), default), await _index.FindTransactionAsync(Transaction(number), default));
            Assert.Equal(
                (await plain.FindBlockOfBatchAsync((ulong)number, default))?.Seal.Header,
                (await _index.FindBlockOfBatchAsync((ulong)number, default))?.Seal.Header);
        }
    }

    private static void AssertSame(IReadOnlyList<IndexedHolding> expected, IReadOnlyList<IndexedHolding> actual)
    {
        Assert.Equal(
            expected.Select(row => (row.Account, row.Instrument, row.Height)),
            actual.Select(row => (row.Account, row.Instrument, row.Height)));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.Holding.Encode(), pair.Second.Holding.Encode()));
    }

    private void Reopen()
    {
        _index.Dispose();
        _index = SqliteLedgerIndex.Open(_folder, _logger);
    }

    private long Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.IndexPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.IndexPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
