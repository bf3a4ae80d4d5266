using Consortium.Consensus.Ports;
using Consortium.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Consortium.Tests.Storage;

public sealed class SqliteSnapshotStoreTests : SnapshotContract, IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly ListLogger<SqliteSnapshotStore> _logger = new();
    private readonly DataFolder _folder;
    private SqliteSnapshotStore _store;

    public SqliteSnapshotStoreTests()
    {
        _folder = DataFolder.Open(_temporary.Path);
        _store = SqliteSnapshotStore.Open(_folder, _logger);
    }

    protected override ISnapshotStore Store => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public async Task Snapshots_are_there_after_opening_again()
    {
        await _store.SaveAsync(Snapshot(1), default);
        Reopen();
        AssertSame(Snapshot(1), Assert.Single(await ReadAsync(_store)));
    }

    [Theory]
    [InlineData("UPDATE chunks SET bytes = x'00' || substr(bytes, 2) WHERE snapshot = 2 AND part = 1")]
    [InlineData("DELETE FROM chunks WHERE snapshot = 2 AND part = 1")]
    [InlineData("UPDATE snapshots SET height = 9 WHERE id = 2")]
    [InlineData("UPDATE snapshots SET parts = 1 WHERE id = 2")]
    public async Task A_damaged_newest_one_is_passed_over_with_a_warning(string damage)
    {
        await _store.SaveAsync(Snapshot(1), default);
        await _store.SaveAsync(Snapshot(2), default);
        Execute(damage);
        AssertSame(Snapshot(1), Assert.Single(await ReadAsync(_store)));
        Assert.Contains(_logger.Lines, line => line.Level == LogLevel.Warning && line.Message.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_file_is_replaced_by_an_empty_one_with_a_warning()
    {
        await _store.SaveAsync(Snapshot(1), default);
        _store.Dispose();
        await File.WriteAllTextAsync(_folder.SnapshotsPath, new string('x', 9000));
        _store = SqliteSnapshotStore.Open(_folder, _logger);
        Assert.Empty(await ReadAsync(_store));
        Assert.Contains(_logger.Lines, line => line.Level == LogLevel.Warning && line.Message.Contains("replaced", StringComparison.Ordinal));
        await _store.SaveAsync(Snapshot(2), default);
        Assert.Single(await ReadAsync(_store));
    }

    [Fact]
    public async Task The_file_stops_growing_when_snapshots_have_one_size()
    {
        for (ulong height = 1; height <= 3; height++)
        {
            await _store.SaveAsync(new Snapshot(height, [new byte[1 << 20]]), default);
        }

        var size = new FileInfo(_folder.SnapshotsPath).Length;
        for (ulong height = 4; height <= 9; height++)
        {
            await _store.SaveAsync(new Snapshot(height, [new byte[1 << 20]]), default);
        }

        Assert.InRange(new FileInfo(_folder.SnapshotsPath).Length, 1, size + (64 << 10));
    }

    [Fact]
    public async Task A_save_that_fails_halfway_keeps_the_older_ones()
    {
        await _store.SaveAsync(Snapshot(1), default);
        await _store.SaveAsync(Snapshot(2), default);
        _store.LimitPages(20);
        var exception = await Assert.ThrowsAsync<StorageException>(
            async () => await _store.SaveAsync(new Snapshot(3, [new byte[1 << 20]]), default));
        Assert.Contains("disk is full", exception.Message, StringComparison.Ordinal);
        Assert.Equal([2, 1], (await ReadAsync(_store)).Select(snapshot => (int)snapshot.Height));
        _store.LimitPages(1_000_000);
        await _store.SaveAsync(Snapshot(3), default);
        Assert.Equal([3, 2], (await ReadAsync(_store)).Select(snapshot => (int)snapshot.Height));
    }

    [Fact]
    public async Task Older_ones_are_deleted_from_the_file()
    {
        for (ulong height = 1; height <= 5; height++)
        {
            await _store.SaveAsync(Snapshot(height), default);
        }

        Execute("UPDATE chunks SET bytes = x'00' WHERE snapshot >= 4");
        Assert.Empty(await ReadAsync(_store));
        Execute("DELETE FROM snapshots WHERE id >= 4");
        Assert.Empty(await ReadAsync(_store));
    }

    private void Reopen()
    {
        _store.Dispose();
        _store = SqliteSnapshotStore.Open(_folder, _logger);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.SnapshotsPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
