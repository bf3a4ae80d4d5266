using Consortium.Consensus.Ports;
using Consortium.Storage;
using Microsoft.Extensions.Logging;

namespace Consortium.Node;

/// <summary>A data folder on one machine: journal, snapshots and ledger index in SQLite, locked by this process.</summary>
public sealed class NodeStorage : IDisposable
{
    private readonly DataFolder _folder;
    private readonly SqliteJournal _journal;
    private readonly SqliteSnapshotStore _snapshots;
    private readonly SqliteLedgerIndex _index;

    private NodeStorage(DataFolder folder, ILoggerFactory loggers)
    {
        _folder = folder;
        _journal = SqliteJournal.Open(folder, loggers.CreateLogger<SqliteJournal>());
        _snapshots = SqliteSnapshotStore.Open(folder, loggers.CreateLogger<SqliteSnapshotStore>());
        _index = SqliteLedgerIndex.Open(folder, loggers.CreateLogger<SqliteLedgerIndex>());
    }

    /// <summary>The folder.</summary>
    public string Path => _folder.Path;

    /// <summary>The journal.</summary>
    public IJournal Journal => _journal;

    /// <summary>Opens a folder, or makes one.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="loggers">Where to log.</param>
    /// <returns>The storage; disposing gives up the lock.</returns>
    /// <exception cref="StorageException">
    /// Another process has it, a newer version wrote it, or it cannot be read or written; nothing was changed.
    /// </exception>
    public static NodeStorage Open(string path, ILoggerFactory loggers)
    {
        var folder = DataFolder.Open(path);
        try
        {
            return new NodeStorage(folder, loggers);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>What the embedded engine stands on.</summary>
    /// <param name="miners">One per member that seals here.</param>
    /// <returns>The ports.</returns>
    public NodePorts Ports(IReadOnlyList<IMiner> miners) => new(_journal, _snapshots, _index, miners);

    /// <inheritdoc/>
    public void Dispose()
    {
        _index.Dispose();
        _snapshots.Dispose();
        _journal.Dispose();
        _folder.Dispose();
    }
}
