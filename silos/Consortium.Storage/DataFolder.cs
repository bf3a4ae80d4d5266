using System.Globalization;
using Consortium.Consensus.Ports;

namespace Consortium.Storage;

/// <summary>The folder in which one process keeps its own files, locked against other processes.</summary>
/// <remarks>
/// Lifecycle: <see cref="Open"/>; give it to the ledger index; dispose after it. One process at a time: the lock ends with the
/// process, however it ends.
/// </remarks>
public sealed class DataFolder : IDisposable
{
    /// <summary>The only format that this version writes and reads.</summary>
    /// <remarks>
    /// 1: as it began. 2: the journal also holds activations. 3: every class of shards has its own under the state root, so the
    /// headers that older folders hold name other roots than the ledger has now. 4: receipts hold only what the ledger decided, not
    /// where the journal has it, which gives other roots again. 5: the journal and the snapshots are not in files of the folder any
    /// more, which a former version kept them in; what else format 4 holds is the same.
    /// </remarks>
    public const int FormatVersion = 5;

    // Its chain follows the rules of today: an export of it can be imported.
    private const int ImportableVersion = 4;
    private const string FormerLedger = "ledger.db";

    private const string FormatPrefix = "consortium data folder, format ";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream heldLock)
    {
        Path = path;
        _lock = heldLock;
    }

    /// <summary>The folder, as an absolute path.</summary>
    public string Path { get; }

    /// <summary>The ledger index: derived from the journal.</summary>
    public string IndexPath => System.IO.Path.Combine(Path, "index.db");

    /// <summary>Opens or creates a folder and keeps other processes out until it is disposed.</summary>
    /// <param name="path">The folder; created when missing.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="StorageException">It is in use, damaged, newer, of a former version, or cannot be written; nothing was changed.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
            _ = CheckFormat(full);
            var held = Lock(full);
            try
            {
                // Looked at again: another process may have created the folder's files between the look and the lock.
                if (!CheckFormat(full))
                {
                    WriteWhole(System.IO.Path.Combine(full, "format"), FormatPrefix + FormatVersion.ToString(CultureInfo.InvariantCulture) + "\n");
                }

                WriteWhole(System.IO.Path.Combine(full, "lock.owner"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
                return new DataFolder(full, held);
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StorageException(
                $"The data folder '{full}' cannot be used: permission was denied ({exception.Message}). Make it writable for this user, or give another folder with --data DIR.",
                exception);
        }
        catch (IOException exception)
        {
            throw new StorageException(
                $"The data folder '{full}' cannot be used: {exception.Message} Check that it is a folder, on a disk that is writable and not full, or give another folder with --data DIR.",
                exception);
        }
    }

    /// <summary>Releases the lock, so that another process may open the folder.</summary>
    public void Dispose()
    {
        if (_lock.CanRead)
        {
            // The file that names the owner is deleted first, so that it never names a process that has released the lock.
            TryDelete(System.IO.Path.Combine(Path, "lock.owner"));
            _lock.Dispose();
        }
    }

    private static FileStream Lock(string folder)
    {
        var path = System.IO.Path.Combine(folder, "lock");
        try
        {
            // FileShare.None is an exclusive flock on Unix: it ends with the process and binds this process too.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (File.Exists(path) && exception is not PathTooLongException && IsHeld(path))
        {
            throw new StorageException(
                $"The data folder '{folder}' is in use by {Owner(folder)}. One process at a time may use it: stop that one, or give another folder with --data DIR.",
                exception);
        }
    }

    // Distinguishes a held lock from, say, a read-only file system without an error number: only a held lock makes reading fail too.
    private static bool IsHeld(string path)
    {
        try
        {
            using var probe = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static string Owner(string folder)
    {
        try
        {
            var text = File.ReadAllText(System.IO.Path.Combine(folder, "lock.owner"));
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? string.Create(CultureInfo.InvariantCulture, $"process {id}{(id == Environment.ProcessId ? " (this one)" : "")}")
                : "another process";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }

    /// <summary>Whether the folder says this version's format; false when it is new, or of the version before and to be carried over.</summary>
    private static bool CheckFormat(string folder)
    {
        var path = System.IO.Path.Combine(folder, "format");
        var hasFormerLedger = File.Exists(System.IO.Path.Combine(folder, FormerLedger));
        if (!File.Exists(path))
        {
            return hasFormerLedger ? throw Damaged(folder, $"it has '{FormerLedger}', the ledger of an older version, but its file 'format' is missing") : false;
        }

        var text = File.ReadAllText(path).TrimEnd();
        if (!text.StartsWith(FormatPrefix, StringComparison.Ordinal)
            || !int.TryParse(text.AsSpan(FormatPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || version < 1)
        {
            throw Damaged(folder, "its file 'format' does not say what wrote it");
        }

        return version switch
        {
            FormatVersion => hasFormerLedger
                ? throw Damaged(folder, $"it has '{FormerLedger}', the ledger of an older version, beside the files of this one")
                : true,
            > FormatVersion => throw new StorageException(
                $"The data folder '{folder}' has format {version}; this program reads format {FormatVersion}. A newer version of Consortium wrote it. Start that version, or give another folder with --data DIR. Nothing was changed."),
            ImportableVersion => hasFormerLedger
                ? throw new StorageException(
                    $"The data folder '{folder}' was written by an older version of Consortium, whose ledger '{FormerLedger}' (format {version}) this program does not read: export its chain with that version ('consortium export FILE'), then 'consortium import FILE' into an empty folder. Nothing was changed.")
                : false,
            _ => throw new StorageException(
                $"The data folder '{folder}' has format {version}; this program reads format {FormatVersion}. An older version of Consortium wrote it, by other rules for the roots in its headers, so its chain cannot be carried over. Start that version to read it, or give an empty folder to begin a new chain. Nothing was changed."),
        };
    }

    private static StorageException Damaged(string folder, string why) => new(
        $"The data folder '{folder}' is damaged or not one of Consortium's: {why}. Restore it from a backup, or give another folder with --data DIR. Nothing was changed.");

    private static void WriteWhole(string path, string text)
    {
        var temporary = path + ".new";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The file only makes a message clearer.
        }
    }
}
