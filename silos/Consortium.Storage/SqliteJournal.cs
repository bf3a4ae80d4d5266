using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Consortium.Storage;

/// <summary>The journal in one SQLite file: one commit, made durable, per entry.</summary>
/// <remarks>
/// Appending uses one connection; readers have their own and never hold an append up. The write-ahead log is copied into
/// the file by a thread of its own, so that appends do not wait for it; only when the log outgrows
/// <see cref="LogBytesMax"/> does an append copy the rest itself, which lets the log start over.
/// </remarks>
public sealed partial class SqliteJournal : IJournal, IDisposable
{
    /// <summary>Appended bytes after which the log is copied into the file in the background.</summary>
    public const long CheckpointBytes = 16L << 20;

    /// <summary>Bytes of the write-ahead log beyond which an append copies the rest of it.</summary>
    public const long LogBytesMax = 64L << 20;

    private const int Application = 0x434c_6a6e;
    private const int Version = 1;
    private const int DigestSize = 8;
    private const int PageEntries = 256;
    private const long PageBytes = 4L << 20;

    private readonly string _path;
    private readonly ILogger _logger;
    private readonly Database _writer;
    private readonly Statement _begin;
    private readonly Statement _head;
    private readonly Statement _insert;
    private readonly Statement _commit;
    private readonly Statement _checkpoint;
    private readonly Lock _appending = new();
    private readonly Lock _checkpointing = new();
    private readonly ConcurrentBag<JournalReader> _readers = [];
    private readonly SemaphoreSlim _checkpointWanted = new(0);
    private readonly Thread _checkpointer;
    private long _logBytes;
    private long _sinceCheckpoint;
    private volatile bool _stopping;

    private SqliteJournal(string path, Database writer, ILogger logger)
    {
        _path = path;
        _logger = logger;
        _writer = writer;
        _begin = writer.Prepare("BEGIN IMMEDIATE");
        _head = writer.Prepare("SELECT max(position) FROM journal");
        _insert = writer.Prepare("INSERT INTO journal(position, kind, digest, bytes) VALUES (?1, ?2, ?3, ?4)");
        _commit = writer.Prepare("COMMIT");
        _checkpoint = writer.Prepare("PRAGMA wal_checkpoint(PASSIVE)");
        _checkpointer = new Thread(Checkpoint) { IsBackground = true, Name = "journal checkpoint" };
        _checkpointer.Start();
    }

    /// <summary>Opens or creates the journal of a folder.</summary>
    /// <param name="folder">The folder; must outlive the journal.</param>
    /// <param name="logger">Hears of log copying that failed.</param>
    /// <returns>The journal.</returns>
    /// <exception cref="StorageException">The file is damaged, newer, or cannot be written; it was not changed.</exception>
    public static SqliteJournal Open(DataFolder folder, ILogger<SqliteJournal> logger)
    {
        var path = folder.JournalPath;
        Database? database = null;
        try
        {
            var exists = DatabaseFile.Check(path, Application, Version);
            database = Database.Open(path, readOnly: false);
            if (!exists)
            {
                DatabaseFile.Create(
                    database,
                    Application,
                    Version,
                    "CREATE TABLE journal(position INTEGER PRIMARY KEY, kind INTEGER NOT NULL, digest BLOB NOT NULL, bytes BLOB NOT NULL)");
            }

            CheckHead(database, path);
            DatabaseFile.UseWriteAheadLog(database, path);
            database.Execute("PRAGMA synchronous=FULL");
            database.Execute("PRAGMA wal_autocheckpoint=0");
            database.Execute("PRAGMA journal_size_limit=67108864");
            database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            return new SqliteJournal(path, database, logger);
        }
        catch (SqliteException exception)
        {
            database?.Dispose();
            throw DatabaseFile.IsDamage(exception)
                ? DatabaseFile.Damaged(path, exception.Message, exception)
                : DatabaseFile.Explain(exception, path, "The journal was not opened");
        }
        catch
        {
            database?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<ulong?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<ulong?>(WithReader(reader => reader.Head()));
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Writing waits for the disk; the caller's thread has better things to do.
        return new ValueTask(Task.Run(() => Append(entry), CancellationToken.None));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        ulong fromPosition,
        ulong toPosition,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var head = await ReadHeadAsync(cancellationToken);
        if (head is not { } last)
        {
            yield break;
        }

        last = Math.Min(last, toPosition);
        var page = new List<JournalEntry>();
        var next = fromPosition;
        while (next <= last)
        {
            var from = next;
            page.Clear();

            // Each page is a transaction of its own, so that a slow reader does not keep the log from starting over.
            await Task.Run(() => WithReader(reader => reader.Read(from, last, PageEntries, PageBytes, page)), cancellationToken);
            foreach (var entry in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }

            next += (ulong)page.Count;
        }
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        _checkpointWanted.Release();
        _checkpointer.Join();
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }

        lock (_appending)
        {
            _writer.Dispose();
        }

        _checkpointWanted.Dispose();
    }

    /// <summary>First bytes of SHA-256 over kind, position and bytes: tells damage, and entries that changed places.</summary>
    internal static void Fingerprint(JournalEntryKind kind, ulong position, ReadOnlySpan<byte> bytes, Span<byte> digest)
    {
        Span<byte> head = stackalloc byte[9];
        head[0] = (byte)kind;
        BinaryPrimitives.WriteUInt64BigEndian(head[1..], position);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        hash.AppendData(bytes);
        Span<byte> full = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(full);
        full[..DigestSize].CopyTo(digest);
    }

    /// <summary>For tests: makes the disk full at a number of pages.</summary>
    internal void LimitPages(long pages)
    {
        lock (_appending)
        {
            _writer.Execute(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA max_page_count={pages}"));
        }
    }

    /// <summary>For tests: pages in the file.</summary>
    internal long CountPages()
    {
        lock (_appending)
        {
            return _writer.ReadNumber("PRAGMA page_count");
        }
    }

    private static void CheckHead(Database database, string path)
    {
        using var reader = JournalReader.Over(database, path);
        if (reader.Head() is { } head)
        {
            reader.Read(head, head, 1, PageBytes, []);
        }
    }

    private void Append(JournalEntry entry)
    {
        Span<byte> digest = stackalloc byte[DigestSize];
        Fingerprint(entry.Kind, entry.Position, entry.Bytes.Span, digest);
        lock (_appending)
        {
            try
            {
                if (_logBytes > LogBytesMax)
                {
                    RestartLog();
                }

                _begin.Run();
                var expected = _head.Step() && !_head.IsNull(0) ? (ulong)_head.Number(0) + 1 : 0;
                _head.Reset();
                if (entry.Position < expected)
                {
                    throw new JournalConflictException(entry.Position);
                }

                Invariant.Holds(entry.Position == expected);
                _insert.Bind(1, (long)entry.Position).Bind(2, (long)entry.Kind).Bind(3, digest).Bind(4, entry.Bytes.Span).Run();
                _commit.Run();
            }
            catch (SqliteException exception)
            {
                _writer.RollbackIfOpen();
                throw DatabaseFile.Explain(exception, _path, $"Journal position {entry.Position} was not written");
            }
            catch
            {
                _writer.RollbackIfOpen();
                throw;
            }

            Count(entry.Bytes.Length);
        }
    }

    private void Count(int bytes)
    {
        // A row costs its bytes, rounded up to pages, and about three pages of tree and header.
        var written = bytes + (3L * 4096);
        _logBytes += written;
        _sinceCheckpoint += written;
        if (_sinceCheckpoint >= CheckpointBytes)
        {
            _sinceCheckpoint = 0;
            _checkpointWanted.Release();
        }
    }

    // Most of the log was copied in the background; once the rest is too and no reader stands in it, the next commit
    // writes at its beginning again.
    private void RestartLog()
    {
        // Two cannot copy at a time: wait for the one in the background rather than be turned away by it.
        lock (_checkpointing)
        {
            _checkpoint.Step();
            var (busy, frames, copied) = (_checkpoint.Number(0) != 0, _checkpoint.Number(1), _checkpoint.Number(2));
            _checkpoint.Reset();

            // A reader in the way is tried again some megabytes later, another process that copies with the next append.
            _logBytes = busy ? _logBytes : frames == copied ? 0 : LogBytesMax - (LogBytesMax / 8);
        }
    }

    private void Checkpoint()
    {
        while (true)
        {
            _checkpointWanted.Wait();
            if (_stopping)
            {
                return;
            }

            try
            {
                lock (_checkpointing)
                {
                    using var database = Database.Open(_path, readOnly: false);
                    database.Execute("PRAGMA synchronous=FULL");
                    database.Execute("PRAGMA wal_checkpoint(PASSIVE)");
                }
            }
            catch (SqliteException exception)
            {
                LogCheckpointFailed(_logger, exception, _path);
            }
        }
    }

    private T WithReader<T>(Func<JournalReader, T> work)
    {
        try
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            if (!_readers.TryTake(out var reader))
            {
                reader = JournalReader.Open(_path);
            }

            var result = work(reader);
            _readers.Add(reader);
            return result;
        }
        catch (SqliteException exception)
        {
            throw DatabaseFile.Explain(exception, _path, "The journal was not read");
        }
    }
}
