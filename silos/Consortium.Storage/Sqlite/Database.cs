using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Consortium.Storage.Sqlite;

/// <summary>One connection to one SQLite file. Not for use by two threads at a time.</summary>
internal sealed class Database : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<Statement> _statements = [];

    private Database(SqliteConnection connection) => _connection = connection;

    public static Database Open(string path, bool readOnly)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            var database = new Database(connection);
            database.Execute("PRAGMA busy_timeout=5000");
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Prepares a statement that lives as long as the connection.</summary>
    public Statement Prepare(string sql)
    {
        var statement = new Statement(_connection.Handle!, sql);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Prepares a statement that the caller disposes.</summary>
    public Statement PrepareOnce(string sql) => new(_connection.Handle!, sql);

    public void Execute(string sql)
    {
        using var statement = new Statement(_connection.Handle!, sql);
        statement.Run();
    }

    public long ReadNumber(string sql)
    {
        using var statement = new Statement(_connection.Handle!, sql);
        return statement.Step() ? statement.Number(0) : 0;
    }

    public string ReadText(string sql)
    {
        using var statement = new Statement(_connection.Handle!, sql);
        return statement.Step() ? statement.Text(0) : "";
    }

    /// <summary>Undoes an open transaction, if there is one: some errors have undone it already.</summary>
    public void RollbackIfOpen()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle!) == 0)
        {
            Execute("ROLLBACK");
        }
    }

    /// <summary>Runs work in a transaction that takes the write lock when it begins.</summary>
    public void Write(Action work)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            work();
            Execute("COMMIT");
        }
        catch
        {
            RollbackIfOpen();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }
}
