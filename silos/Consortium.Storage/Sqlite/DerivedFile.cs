using Consortium.Consensus.Ports;
using Microsoft.Data.Sqlite;

namespace Consortium.Storage.Sqlite;

/// <summary>Opens files whose content can be had again: a damaged one is replaced by an empty one.</summary>
internal static class DerivedFile
{
    /// <summary>Opens or creates a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="application">SQLite's application id.</param>
    /// <param name="version">The newest version this program reads.</param>
    /// <param name="prepare">Sets the connection up and reads enough to notice damage.</param>
    /// <param name="replaced">Is told why a file was replaced.</param>
    /// <param name="schema">Statements that create the tables.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="StorageException">The file is newer or cannot be used for another reason than damage.</exception>
    public static Database Open(
        string path,
        int application,
        int version,
        Action<Database> prepare,
        Action<string> replaced,
        params string[] schema)
    {
        try
        {
            return OpenOnce(path, application, version, prepare, schema);
        }
        catch (SqliteException exception) when (DatabaseFile.IsDamage(exception))
        {
            replaced(exception.Message);
            return Again(path, application, version, prepare, schema);
        }
        catch (SqliteException exception)
        {
            throw DatabaseFile.Explain(exception, path, "The file was not opened");
        }
    }

    private static Database Again(string path, int application, int version, Action<Database> prepare, string[] schema)
    {
        try
        {
            DatabaseFile.Delete(path);
            return OpenOnce(path, application, version, prepare, schema);
        }
        catch (SqliteException exception)
        {
            throw DatabaseFile.Explain(exception, path, "The file was not opened");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"'{path}' is damaged and cannot be replaced: {exception.Message} Delete it by hand; it is built again from the journal.", exception);
        }
    }

    private static Database OpenOnce(string path, int application, int version, Action<Database> prepare, string[] schema)
    {
        var exists = DatabaseFile.Check(path, application, version);
        var database = Database.Open(path, readOnly: false);
        try
        {
            if (!exists)
            {
                database.Execute("PRAGMA page_size=16384");
                DatabaseFile.Create(database, application, version, schema);
            }

            prepare(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
