using Consortium.Consensus.Ports;
using Consortium.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consortium.Tests.Storage;

public sealed class SqliteJournalTests : JournalContract, IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private DataFolder _folder;
    private SqliteJournal _journal;

    public SqliteJournalTests()
    {
        _folder = DataFolder.Open(_temporary.Path);
        _journal = Open(_folder);
    }

    protected override IJournal Journal => _journal;

    public void Dispose()
    {
        Close();
        _temporary.Dispose();
    }

    [Fact]
    public async Task Entries_are_there_after_opening_again()
    {
        await FillAsync(_journal, 4);
        Reopen();
        Assert.Equal(3ul, await _journal.ReadHeadAsync(default));
        await _journal.AppendAsync(Entry(4), default);
        Assert.Equal(5, (await ReadAsync(_journal, 0, 9)).Count);
    }

    [Fact]
    public async Task An_acknowledged_entry_is_in_the_files_while_the_process_still_runs()
    {
        await FillAsync(_journal, 4);
        using var folder = DataFolder.Open(_temporary.Copy());
        using var copy = Open(folder);
        Assert.Equal(3ul, await copy.ReadHeadAsync(default));
        AssertSame(Entry(3), (await ReadAsync(copy, 3, 3))[0]);
    }

    [Fact]
    public async Task Of_two_writers_one_is_told_of_the_conflict()
    {
        await FillAsync(_journal, 2);
        using var other = Open(_folder);
        await other.AppendAsync(Entry(2), default);
        await Assert.ThrowsAsync<JournalConflictException>(async () => await _journal.AppendAsync(Entry(2), default));
    }

    [Theory]
    [InlineData("UPDATE journal SET bytes = x'00' || substr(bytes, 2) WHERE position = 2")]
    [InlineData("UPDATE journal SET kind = 3 WHERE position = 2")]
    [InlineData("UPDATE journal SET kind = 9 WHERE position = 2")]
    [InlineData("UPDATE journal SET digest = x'0000000000000000' WHERE position = 2")]
    [InlineData("UPDATE journal SET bytes = (SELECT bytes FROM journal WHERE position = 1) WHERE position = 2")]
    [InlineData("DELETE FROM journal WHERE position = 2")]
    public async Task Damage_to_an_entry_is_told_with_its_position(string damage)
    {
        await FillAsync(_journal, 5);
        Execute(damage);
        Assert.Equal(2, (await ReadAsync(_journal, 0, 1)).Count);
        var exception = await Assert.ThrowsAsync<StorageException>(() => ReadAsync(_journal, 0, 4));
        Assert.Contains("position 2", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await ReadAsync(_journal, 3, 4)).Count);
    }

    [Fact]
    public async Task Damage_to_the_last_entry_is_told_when_opening()
    {
        await FillAsync(_journal, 3);
        Execute("UPDATE journal SET bytes = x'00' WHERE position = 2");
        Close();
        using var folder = DataFolder.Open(_temporary.Path);
        Assert.Contains("position 2", Assert.Throws<StorageException>(() => Open(folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70)]
    [InlineData(4096)]
    public async Task A_corrupt_file_is_refused_and_not_changed(int at)
    {
        await FillAsync(_journal, 40);
        Close();
        var path = Path.Combine(_temporary.Path, "ledger.db");
        var bytes = await File.ReadAllBytesAsync(path);
        bytes.AsSpan(at, 20).Fill(0xee);
        await File.WriteAllBytesAsync(path, bytes);
        using (var folder = DataFolder.Open(_temporary.Path))
        {
            var exception = Assert.Throws<StorageException>(() => Open(folder));
            Assert.Contains("damaged", exception.Message, StringComparison.Ordinal);
            Assert.Contains("ledger.db", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(bytes, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task A_truncated_file_is_refused_and_not_changed()
    {
        await FillAsync(_journal, 200);
        Close();
        var path = Path.Combine(_temporary.Path, "ledger.db");
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..^4096]);
        using (var folder = DataFolder.Open(_temporary.Path))
        {
            Assert.Contains("damaged", Assert.Throws<StorageException>(() => Open(folder)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(bytes[..^4096], await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_and_not_changed()
    {
        await FillAsync(_journal, 3);
        Execute("PRAGMA user_version=2");
        Close();
        var path = Path.Combine(_temporary.Path, "ledger.db");
        var bytes = await File.ReadAllBytesAsync(path);
        using (var folder = DataFolder.Open(_temporary.Path))
        {
            Assert.Contains("newer version", Assert.Throws<StorageException>(() => Open(folder)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(bytes, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task A_full_disk_refuses_the_entry_and_takes_it_once_there_is_room()
    {
        await FillAsync(_journal, 3);
        var large = new JournalEntry(3, JournalEntryKind.Batch, new byte[200_000]);
        _journal.LimitPages(_journal.CountPages() + 2);
        var exception = await Assert.ThrowsAsync<StorageException>(async () => await _journal.AppendAsync(large, default));
        Assert.Contains("disk is full", exception.Message, StringComparison.Ordinal);
        Assert.Contains("position 3", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2ul, await _journal.ReadHeadAsync(default));

        _journal.LimitPages(1_000_000);
        await _journal.AppendAsync(large, default);
        await _journal.AppendAsync(Entry(4), default);
        Reopen();
        var entries = await ReadAsync(_journal, 0, 9);
        Assert.Equal(5, entries.Count);
        AssertSame(Entry(2), entries[2]);
        AssertSame(large, entries[3]);
    }

    [Fact]
    public async Task The_log_beside_the_file_does_not_grow_without_bound()
    {
        var bytes = new byte[1 << 20];
        for (var i = 0ul; i < 200; i++)
        {
            await _journal.AppendAsync(new JournalEntry(i, JournalEntryKind.Batch, bytes), default);
        }

        Assert.InRange(
            new FileInfo(Path.Combine(_temporary.Path, "ledger.db-wal")).Length,
            1,
            SqliteJournal.LogBytesMax + (8 << 20));
    }

    [Fact]
    public async Task Reading_slowly_does_not_hold_an_append_up()
    {
        await FillAsync(_journal, 600);
        await using var slow = _journal.ReadAsync(0, ulong.MaxValue, default).GetAsyncEnumerator();
        Assert.True(await slow.MoveNextAsync());
        await _journal.AppendAsync(Entry(600), default);
        Assert.True(await slow.MoveNextAsync());
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_told()
    {
        Close();
        var path = Path.Combine(_temporary.Path, "ledger.db");
        File.Delete(path);
        Directory.CreateDirectory(path);
        using var folder = DataFolder.Open(_temporary.Path);
        Assert.Contains("ledger.db", Assert.Throws<StorageException>(() => Open(folder)).Message, StringComparison.Ordinal);
    }

    private static SqliteJournal Open(DataFolder folder) => SqliteJournal.Open(folder, NullLogger<SqliteJournal>.Instance);

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_temporary.Path, "ledger.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void Reopen()
    {
        Close();
        _folder = DataFolder.Open(_temporary.Path);
        _journal = Open(_folder);
    }

    private void Close()
    {
        _journal.Dispose();
        _folder.Dispose();
    }
}
