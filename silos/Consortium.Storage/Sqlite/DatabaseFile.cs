using System.Buffers.Binary;
using Consortium.Consensus.Ports;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Consortium.Storage.Sqlite;

/// <summary>Examines a file before SQLite opens it, and explains SQLite's errors.</summary>
internal static class DatabaseFile
{
    private const int HeaderSize = 100;
    private const int VersionOffset = 60;
    private const int ApplicationOffset = 68;

    /// <summary>Refuses a file that is not of the application or was written by a newer version; reads only.</summary>
    /// <param name="path">The file; need not exist.</param>
    /// <param name="application">SQLite's application id.</param>
    /// <param name="version">The newest version this program reads.</param>
    /// <returns>Whether there is such a file; otherwise it must be created.</returns>
    /// <exception cref="StorageException">It is newer, or cannot be read.</exception>
    /// <exception cref="SqliteException">It is something else (SQLITE_NOTADB).</exception>
    public static bool Check(string path, int application, int version)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        int read;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            read = file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"'{path}' cannot be read: {exception.Message} Check who owns the file, then start again.", exception);
        }

        if (read == 0)
        {
            // The process ended between creating the file and its first commit.
            return false;
        }

        if (read < HeaderSize
            || !header.StartsWith("SQLite format 3\0"u8)
            || BinaryPrimitives.ReadInt32BigEndian(header[ApplicationOffset..]) != application)
        {
            throw new SqliteException("it does not begin as Consortium writes it", raw.SQLITE_NOTADB);
        }

        var found = BinaryPrimitives.ReadInt32BigEndian(header[VersionOffset..]);
        return found <= version
            ? true
            : throw new StorageException(
                $"'{path}' has format {found}; this program reads up to {version}. A newer version of Consortium wrote it. Start that version, or give another folder. Nothing was changed.");
    }

    /// <summary>Creates the schema durably, before the file is used in WAL mode.</summary>
    public static void Create(Database database, int application, int version, params ReadOnlySpan<string> statements)
    {
        database.Execute("PRAGMA synchronous=FULL");
        database.Execute("BEGIN IMMEDIATE");
        foreach (var statement in statements)
        {
            database.Execute(statement);
        }

        database.Execute(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA application_id={application}"));
        database.Execute(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA user_version={version}"));
        database.Execute("COMMIT");
    }

    /// <summary>Switches to a write-ahead log, which lets readers and the writer go on side by side.</summary>
    public static void UseWriteAheadLog(Database database, string path)
    {
        if (!string.Equals(database.ReadText("PRAGMA journal_mode=WAL"), "wal", StringComparison.Ordinal))
        {
            throw new StorageException(
                $"'{path}' cannot be used with a write-ahead log: its file system does not support shared memory or the file is read-only. Put the data folder on a local disk that can be written.");
        }
    }

    public static bool IsDamage(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_FORMAT;

    public static StorageException Damaged(string path, string why, Exception? inner = null)
    {
        var message = $"'{path}' is damaged: {why}. Keep a copy of the folder, then restore it from a backup or from another member. Nothing was changed.";
        return inner is null ? new StorageException(message) : new StorageException(message, inner);
    }

    /// <summary>Turns an error of SQLite into one that says what happened, why, and what to do.</summary>
    /// <param name="exception">The error of SQLite.</param>
    /// <param name="path">The file.</param>
    /// <param name="what">The operation that failed, for example "The entry was not written".</param>
    public static StorageException Explain(SqliteException exception, string path, string what)
    {
        var why = exception.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => "the disk is full. Free space; it is tried again",
            raw.SQLITE_READONLY => "the file or its folder is read-only. Make it writable for this process, then start again",
            raw.SQLITE_PERM or raw.SQLITE_AUTH => "permission was denied. Make the file writable for this process, then start again",
            raw.SQLITE_CANTOPEN => "the file cannot be opened. Check that the folder exists and that this process may write to it, then start again",
            raw.SQLITE_IOERR => "the disk reported an error. Check the disk and the system log before starting again",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another process holds the file. Stop that process (a backup tool, a database browser)",
            raw.SQLITE_NOMEM => "memory ran out. Give the process more memory",
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_FORMAT => "the file is damaged. Keep a copy of the folder, then restore it from a backup or from another member",
            _ => "SQLite reported an error this program does not expect. Report this line",
        };
        return new StorageException($"{what}: '{path}': {why} (SQLite {exception.SqliteExtendedErrorCode}: {exception.Message}).", exception);
    }

    /// <summary>Deletes a database of derived data together with the files that SQLite keeps beside it.</summary>
    public static void Delete(string path)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["-wal", "-shm", "-journal", ""])
        {
            File.Delete(path + suffix);
        }
    }
}
