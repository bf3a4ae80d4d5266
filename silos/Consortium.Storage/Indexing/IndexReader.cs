using Consortium.Consensus.Ports;
using Consortium.Ledger.Blocks;
using Consortium.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Consortium.Storage.Indexing;

/// <summary>A connection that reads the ledger index. Not for use by two threads at a time.</summary>
internal sealed class IndexReader : IDisposable
{
    /// <summary>Bits of a chunk's row number that count chunks within its run: runs of up to four terabytes.</summary>
    public const int ChunkBits = 28;

    private const string BlockColumns = "SELECT seal, seal_position, first_position FROM blocks ";

    private readonly Database _database;
    private readonly Statement _begin;
    private readonly Statement _end;
    private readonly Statement _runs;
    private readonly Statement _find;
    private readonly Statement _chunk;
    private readonly Statement _block;
    private readonly Statement _blockOfBatch;

    public IndexReader(string path)
    {
        _database = Database.Open(path, readOnly: true);
        _begin = _database.Prepare("BEGIN");
        _end = _database.Prepare("COMMIT");
        _runs = _database.Prepare("SELECT id FROM runs ORDER BY id");
        _find = _database.Prepare("SELECT number FROM fences WHERE run = ?1 AND first <= ?2 ORDER BY first DESC LIMIT 1");
        _chunk = _database.Prepare("SELECT bytes FROM chunks WHERE id = ?1");
        _block = _database.Prepare(BlockColumns + "WHERE height = ?1");
        _blockOfBatch = _database.Prepare(BlockColumns + "WHERE last_position >= ?1 ORDER BY last_position, height LIMIT 1");
    }

    /// <summary>From here to <see cref="End"/> everything is read as it is now.</summary>
    public void Begin() => _begin.Run();

    public void End() => _end.Run();

    public List<IRun> Runs()
    {
        var runs = new List<IRun>();
        while (_runs.Step())
        {
            runs.Add(new StoredRun(this, _runs.Number(0)));
        }

        return runs;
    }

    public IndexedBlock? Block(ulong height) => height > long.MaxValue ? null : Block(_block.Bind(1, (long)height));

    /// <summary>The block that a batch would stand in, if it is one of those stored.</summary>
    public IndexedBlock? BlockOfBatch(ulong position) =>
        position > long.MaxValue ? null : Block(_blockOfBatch.Bind(1, (long)position));

    public int Find(long run, ReadOnlySpan<byte> key)
    {
        var number = _find.Bind(1, run).Bind(2, key).Step() ? (int)_find.Number(0) : 0;
        _find.Reset();
        return number;
    }

    public byte[]? ReadChunk(long run, int number)
    {
        var chunk = _chunk.Bind(1, (run << ChunkBits) | (uint)number).Step() ? _chunk.Blob(0).ToArray() : null;
        _chunk.Reset();
        return chunk;
    }

    public void Dispose() => _database.Dispose();

    private static IndexedBlock? Block(Statement statement)
    {
        if (!statement.Step())
        {
            return null;
        }

        var read = BlockSeal.TryRead(statement.Blob(0), out var seal);
        var (sealPosition, first) = (statement.Number(1), statement.Number(2));
        statement.Reset();
        return read
            ? new IndexedBlock(seal!, (ulong)sealPosition, (ulong)first)
            : throw new SqliteException("a block's seal cannot be read", raw.SQLITE_CORRUPT);
    }
}
