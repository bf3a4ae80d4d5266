using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Storage.Sqlite;

namespace Consortium.Storage.Indexing;

/// <summary>The connection that changes the ledger index. Not for use by two threads at a time.</summary>
internal sealed class IndexWriter : IDisposable
{
    public const int Application = 0x434c_6978;
    public const int Version = 1;

    public static readonly string[] Schema =
    [
        "CREATE TABLE runs(id INTEGER PRIMARY KEY, level INTEGER NOT NULL)",
        "CREATE TABLE garbage(run INTEGER PRIMARY KEY)",
        "CREATE TABLE chunks(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
        "CREATE TABLE fences(run INTEGER NOT NULL, first BLOB NOT NULL, number INTEGER NOT NULL, PRIMARY KEY(run, first)) WITHOUT ROWID",
        "CREATE TABLE assets(id INTEGER PRIMARY KEY, asset BLOB NOT NULL)",
        "CREATE TABLE blocks(height INTEGER PRIMARY KEY, seal BLOB NOT NULL, seal_position INTEGER NOT NULL, first_position INTEGER NOT NULL, last_position INTEGER NOT NULL)",
        "CREATE INDEX blocks_by_position ON blocks(last_position, height)",
        "CREATE TABLE flushed(one INTEGER PRIMARY KEY, height INTEGER NOT NULL)",
    ];

    private readonly Database _database;
    private readonly Statement _addChunk;
    private readonly Statement _addFence;
    private readonly Statement _addBlock;
    private readonly Statement _addAsset;
    private readonly Statement _addRun;
    private readonly Statement _dropRun;
    private readonly Statement _addGarbage;
    private readonly Statement _dropGarbage;
    private readonly Statement _dropChunks;
    private readonly Statement _dropFences;

    public IndexWriter(Database database)
    {
        _database = database;
        _addChunk = database.Prepare("INSERT INTO chunks(id, bytes) VALUES (?1, ?2)");
        _addFence = database.Prepare("INSERT INTO fences(run, first, number) VALUES (?1, ?2, ?3)");
        _addBlock = database.Prepare("INSERT INTO blocks(height, seal, seal_position, first_position, last_position) VALUES (?1, ?2, ?3, ?4, ?5)");
        _addAsset = database.Prepare("INSERT INTO assets(id, asset) VALUES (?1, ?2)");
        _addRun = database.Prepare("INSERT INTO runs(id, level) VALUES (?1, ?2)");
        _dropRun = database.Prepare("DELETE FROM runs WHERE id = ?1");
        _addGarbage = database.Prepare("INSERT INTO garbage(run) VALUES (?1)");
        _dropGarbage = database.Prepare("DELETE FROM garbage WHERE run = ?1");
        _dropChunks = database.Prepare("DELETE FROM chunks WHERE id BETWEEN ?1 AND ?2");
        _dropFences = database.Prepare("DELETE FROM fences WHERE run = ?1 AND first IN (SELECT first FROM fences WHERE run = ?1 ORDER BY first LIMIT ?2)");
    }

    /// <summary>Sets a connection up and reads enough to notice most damage.</summary>
    public static void Prepare(Database database, string path)
    {
        DatabaseFile.UseWriteAheadLog(database, path);
        database.Execute("PRAGMA synchronous=NORMAL");
        database.Execute("PRAGMA cache_size=-65536");
        database.Execute("PRAGMA wal_autocheckpoint=1024");
        database.Execute("PRAGMA journal_size_limit=67108864");
        foreach (var table in (ReadOnlySpan<string>)["runs", "garbage", "chunks", "fences", "assets", "blocks", "flushed"])
        {
            database.ReadNumber($"SELECT 1 FROM {table} LIMIT 1");
        }
    }

    public void Write(Action work) => _database.Write(work);

    public (ulong Height, ulong LastPosition) ReadEnd() =>
        ((ulong)_database.ReadNumber("SELECT max(height) FROM blocks"),
         (ulong)_database.ReadNumber("SELECT last_position FROM blocks ORDER BY height DESC LIMIT 1"));

    public long ReadNextRun() =>
        1 + _database.ReadNumber("SELECT max(id) FROM (SELECT max(id) id FROM runs UNION ALL SELECT max(run) FROM garbage)");

    public List<(uint Id, AssetId Asset)> ReadAssets()
    {
        var assets = new List<(uint Id, AssetId Asset)>();
        using var rows = _database.PrepareOnce("SELECT id, asset FROM assets");
        while (rows.Step())
        {
            assets.Add(((uint)rows.Number(0), new AssetId(Digest.FromBytes(rows.Blob(1)))));
        }

        return assets;
    }

    /// <summary>The lowest level below another that has enough runs to merge.</summary>
    public (int Level, List<long> Runs)? ReadFullLevel(int below, int count)
    {
        using var levels = _database.PrepareOnce("SELECT level FROM runs WHERE level < ?1 GROUP BY level HAVING count(*) >= ?2 ORDER BY level LIMIT 1");
        if (!levels.Bind(1, below).Bind(2, count).Step())
        {
            return null;
        }

        var level = (int)levels.Number(0);
        var runs = new List<long>();
        using var rows = _database.PrepareOnce("SELECT id FROM runs WHERE level = ?1 ORDER BY id");
        rows.Bind(1, level);
        while (rows.Step())
        {
            runs.Add(rows.Number(0));
        }

        return (level, runs);
    }

    public List<long> ReadGarbage()
    {
        var runs = new List<long>();
        using var rows = _database.PrepareOnce("SELECT run FROM garbage");
        while (rows.Step())
        {
            runs.Add(rows.Number(0));
        }

        return runs;
    }

    public void AddChunk(long run, int number, byte[] first, byte[] chunk)
    {
        _addChunk.Bind(1, (run << IndexReader.ChunkBits) | (uint)number).Bind(2, chunk).Run();
        _addFence.Bind(1, run).Bind(2, first).Bind(3, number).Run();
    }

    public void AddBlock(IndexedBlock block)
    {
        var header = block.Seal.Header;
        _addBlock
            .Bind(1, (long)header.Height)
            .Bind(2, block.Seal.ToArray())
            .Bind(3, (long)block.SealPosition)
            .Bind(4, (long)block.FirstPosition)
            .Bind(5, (long)header.LastPosition)
            .Run();
    }

    public void AddAsset(uint id, AssetId asset) => _addAsset.Bind(1, id).Bind(2, asset.Digest.ToArray()).Run();

    public void AddRun(long run, int level) => _addRun.Bind(1, run).Bind(2, level).Run();

    public void DropRun(long run) => _dropRun.Bind(1, run).Run();

    public void AddGarbage(long run) => _addGarbage.Bind(1, run).Run();

    public void DropGarbage(long run) => _dropGarbage.Bind(1, run).Run();

    /// <summary>Deletes some of a run's chunks, from the first on.</summary>
    /// <returns>Whether there may be more.</returns>
    public bool DropChunks(long run, int count)
    {
        var start = run << IndexReader.ChunkBits;
        using var row = _database.PrepareOnce("SELECT min(id) FROM chunks WHERE id BETWEEN ?1 AND ?2");
        if (!row.Bind(1, start).Bind(2, start | ((1L << IndexReader.ChunkBits) - 1)).Step() || row.IsNull(0))
        {
            return false;
        }

        var from = row.Number(0);
        row.Reset();
        _dropChunks.Bind(1, from).Bind(2, from + count - 1).Run();
        _dropFences.Bind(1, run).Bind(2, count).Run();
        return true;
    }

    /// <summary>Makes everything written so far survive a power failure.</summary>
    public void MakeDurable(ulong height)
    {
        // A commit with FULL syncs the whole log; that holds whether or not readers let the log be copied into the file.
        _database.Execute("PRAGMA synchronous=FULL");
        try
        {
            _database.Write(() => _database.Execute(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"INSERT OR REPLACE INTO flushed(one, height) VALUES (1, {height})")));
        }
        finally
        {
            _database.Execute("PRAGMA synchronous=NORMAL");
        }

        _database.Execute("PRAGMA wal_checkpoint(PASSIVE)");
    }

    public void Clear() => _database.Write(() =>
    {
        foreach (var table in (ReadOnlySpan<string>)["runs", "garbage", "chunks", "fences", "assets", "blocks", "flushed"])
        {
            _database.Execute($"DELETE FROM {table}");
        }
    });

    public void LimitPages(long pages) =>
        _database.Execute(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA max_page_count={pages}"));

    public void Dispose() => _database.Dispose();
}
