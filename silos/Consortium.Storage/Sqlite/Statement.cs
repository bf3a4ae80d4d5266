using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Consortium.Storage.Sqlite;

/// <summary>A prepared statement that is bound, stepped and reset without allocating.</summary>
/// <remarks>Microsoft.Data.Sqlite's commands cost over a microsecond each and copy spans; this is the same handle without them.</remarks>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public Statement(sqlite3 database, string sql)
    {
        _database = database;
        var code = raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement);
        ThrowUnlessOk(code);
    }

    public Statement Bind(int index, long value)
    {
        ThrowUnlessOk(raw.sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        // A null pointer would bind NULL.
        ThrowUnlessOk(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_statement, index, 0)
            : raw.sqlite3_bind_blob(_statement, index, value));
        return this;
    }

    /// <summary>Goes to the next row; past the last one, resets.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            var failure = Failure(code);
            raw.sqlite3_reset(_statement);
            throw failure;
        }

        raw.sqlite3_reset(_statement);
        return false;
    }

    /// <summary>Runs a statement that has no rows to read.</summary>
    public void Run()
    {
        while (Step())
        {
            // Rows of a PRAGMA are of no interest here.
        }
    }

    public void Reset() => raw.sqlite3_reset(_statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string() ?? "";

    public void Dispose() => _statement.Dispose();

    private void ThrowUnlessOk(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Failure(code);
        }
    }

    private SqliteException Failure(int code) =>
        new(raw.sqlite3_errmsg(_database).utf8_to_string(), code & 0xff, code);
}
