using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Consortium.Consensus.Ports;
using Consortium.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Consortium.Storage;

/// <summary>The newest two snapshots in one SQLite file.</summary>
/// <remarks>
/// A rollback journal rather than a write-ahead log: new pages are then written once. A damaged file is replaced by an
/// empty one, because snapshots are derived from the journal. Safe for any number of callers, one at a time.
/// </remarks>
public sealed partial class SqliteSnapshotStore : ISnapshotStore, IDisposable
{
    private const int Application = 0x434c_736e;
    private const int Version = 1;
    private const int ChunkBytes = 8 << 20;
    private const string NewestFirst = "SELECT id, height, parts, digest FROM snapshots ORDER BY id DESC LIMIT 2";

    private readonly string _path;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _one = new(1);
    private Database? _database;

    private SqliteSnapshotStore(string path, Database database, ILogger logger)
    {
        _path = path;
        _database = database;
        _logger = logger;
    }

    /// <summary>Opens or creates the snapshots of a folder.</summary>
    /// <param name="folder">The folder; must outlive the store.</param>
    /// <param name="logger">Hears of damaged snapshots.</param>
    /// <returns>The store.</returns>
    /// <exception cref="StorageException">The file is newer or cannot be written; it was not changed.</exception>
    public static SqliteSnapshotStore Open(DataFolder folder, ILogger<SqliteSnapshotStore> logger)
    {
        var path = folder.SnapshotsPath;
        return new SqliteSnapshotStore(
            path,
            DerivedFile.Open(
                path,
                Application,
                Version,
                Prepare,
                why => LogReplaced(logger, path, why),
                "CREATE TABLE snapshots(id INTEGER PRIMARY KEY AUTOINCREMENT, height INTEGER NOT NULL, parts INTEGER NOT NULL, digest BLOB NOT NULL)",
                "CREATE TABLE chunks(id INTEGER PRIMARY KEY, snapshot INTEGER NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL)",
                "CREATE INDEX chunks_of_snapshot ON chunks(snapshot, id)"),
            logger);
    }

    /// <inheritdoc/>
    public async ValueTask SaveAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await Task.Run(() => Save(Opened(), snapshot, cancellationToken), cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw DatabaseFile.Explain(exception, _path, $"The snapshot of block {snapshot.Height} was not kept");
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Snapshot> ReadNewestFirstAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (id, height, parts, digest) in await WithDatabaseAsync(List, cancellationToken))
        {
            if (await WithDatabaseAsync(database => Read(database, id, height, parts, digest), cancellationToken) is { } snapshot)
            {
                yield return snapshot;
            }
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _database?.Dispose();
        _database = null;
        _one.Dispose();
    }

    /// <summary>For tests: makes the disk full at a number of pages.</summary>
    internal void LimitPages(long pages) => Opened().Execute(
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA max_page_count={pages}"));

    private static void Prepare(Database database)
    {
        database.Execute("PRAGMA journal_mode=TRUNCATE");
        database.Execute("PRAGMA synchronous=FULL");
        using var statement = database.PrepareOnce(NewestFirst);
        statement.Step();
    }

    private static void Save(Database database, Snapshot snapshot, CancellationToken cancellationToken) => database.Write(() =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var addChunk = database.PrepareOnce("INSERT INTO chunks(snapshot, part, bytes) VALUES (?1, ?2, ?3)");
        using var addSnapshot = database.PrepareOnce("INSERT INTO snapshots(height, parts, digest) VALUES (?1, ?2, ?3)");
        addSnapshot.Bind(1, checked((long)snapshot.Height)).Bind(2, snapshot.Parts.Count).Bind(3, []).Run();
        var id = database.ReadNumber("SELECT last_insert_rowid()");

        // Room first: what the older ones free is used again.
        database.Execute("DELETE FROM snapshots WHERE id NOT IN (SELECT id FROM snapshots ORDER BY id DESC LIMIT 2)");
        database.Execute("DELETE FROM chunks WHERE snapshot NOT IN (SELECT id FROM snapshots)");
        Start(hash, snapshot.Height, snapshot.Parts.Count);
        for (var part = 0; part < snapshot.Parts.Count; part++)
        {
            var rest = snapshot.Parts[part].Span;
            Length(hash, rest.Length);
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                var chunk = rest[..Math.Min(ChunkBytes, rest.Length)];
                hash.AppendData(chunk);
                addChunk.Bind(1, id).Bind(2, part).Bind(3, chunk).Run();
                rest = rest[chunk.Length..];
            }
            while (!rest.IsEmpty);
        }

        using var seal = database.PrepareOnce("UPDATE snapshots SET digest = ?2 WHERE id = ?1");
        seal.Bind(1, id).Bind(2, hash.GetHashAndReset()).Run();
    });

    private static List<(long Id, ulong Height, int Parts, byte[] Digest)> List(Database database)
    {
        var found = new List<(long Id, ulong Height, int Parts, byte[] Digest)>();
        using var rows = database.PrepareOnce(NewestFirst);
        while (rows.Step())
        {
            found.Add((
                rows.Number(0),
                unchecked((ulong)rows.Number(1)),
                (int)Math.Clamp(rows.Number(2), 0, int.MaxValue),
                rows.Blob(3).ToArray()));
        }

        return found;
    }

    private Snapshot? Read(Database database, long id, ulong height, int parts, byte[] digest)
    {
        try
        {
            var streams = new List<MemoryStream>();
            using (var rows = database.PrepareOnce("SELECT part, bytes FROM chunks WHERE snapshot = ?1 ORDER BY id"))
            {
                rows.Bind(1, id);
                while (rows.Step())
                {
                    if (rows.Number(0) == streams.Count)
                    {
                        streams.Add(new MemoryStream());
                    }

                    streams[^1].Write(rows.Blob(1));
                }
            }

            var found = streams.ConvertAll(stream => (ReadOnlyMemory<byte>)stream.GetBuffer().AsMemory(0, (int)stream.Length));
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Start(hash, height, parts);
            foreach (var part in found)
            {
                Length(hash, part.Length);
                hash.AppendData(part.Span);
            }

            if (found.Count == parts && hash.GetHashAndReset().AsSpan().SequenceEqual(digest))
            {
                return new Snapshot(height, found);
            }

            LogDamaged(_logger, height, _path, "its bytes do not match its digest");
        }
        catch (Exception exception) when (exception is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CORRUPT } or ArgumentOutOfRangeException)
        {
            LogDamaged(_logger, height, _path, exception.Message);
        }

        return null;
    }

    private static void Start(IncrementalHash hash, ulong height, int parts)
    {
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64BigEndian(head, height);
        BinaryPrimitives.WriteInt32BigEndian(head[8..], parts);
        hash.AppendData(head);
    }

    private static void Length(IncrementalHash hash, int length)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        hash.AppendData(bytes);
    }

    private Database Opened()
    {
        ObjectDisposedException.ThrowIf(_database is null, this);
        return _database;
    }

    private async Task<T> WithDatabaseAsync<T>(Func<Database, T> work, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => work(Opened()), cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw DatabaseFile.Explain(exception, _path, "The snapshots were not read");
        }
        finally
        {
            _one.Release();
        }
    }
}
