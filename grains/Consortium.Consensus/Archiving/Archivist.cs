using System.Threading.Channels;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Microsoft.Extensions.Logging;

namespace Consortium.Consensus.Archiving;

/// <summary>Stores the data that is derived from the journal, beside ordering: adds sealed blocks to the archive, then stores snapshots.</summary>
/// <remarks>
/// Falls behind without harm: the journal has everything. A snapshot's parts are written beside the blocks that come meanwhile, and it
/// is kept only when the archive has its block durably, because recovery starts from snapshots that the archive covers.
/// </remarks>
/// <param name="archive">The ledger index, or the log it is built from.</param>
/// <param name="snapshots">The snapshots.</param>
/// <param name="retry">Wait before storage that failed is tried again.</param>
/// <param name="timeProvider">The only clock, which tests and the simulator replace.</param>
/// <param name="logger">The log of this class.</param>
public sealed partial class Archivist(
    IBlockArchive archive,
    ISnapshotStore snapshots,
    TimeSpan retry,
    TimeProvider timeProvider,
    ILogger logger)
{
    private const int BlocksPerStep = 64;
    private const int WaitingMax = 4 * BlocksPerStep;

    // Sealed blocks, and among them snapshots that are written and wait for the archive to have their blocks.
    private readonly Channel<object> _work = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<SnapshotExport> _exports = Channel.CreateUnbounded<SnapshotExport>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _lock = new();
    private readonly Pulse _added = new();
    private TaskCompletionSource? _ready;
    private int _waiting;

    /// <summary>Raised with blocks that were added, once queries find them.</summary>
    public event Action<IReadOnlyList<SealedBlock>>? BlocksAdded;

    /// <summary>Queues a sealed block for the archive; blocks must come in order of height.</summary>
    /// <param name="block">The block.</param>
    public void Add(SealedBlock block) => Enqueue(block);

    /// <summary>Queues a snapshot of a block that was added before; the archivist ends it when it is stored or storing fails.</summary>
    /// <param name="snapshot">The snapshot.</param>
    public void Add(SnapshotExport snapshot) => _exports.Writer.TryWrite(snapshot);

    /// <summary>Blocks that wait to be kept.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting;
            }
        }
    }

    /// <inheritdoc cref="ILedgerObserver.ReadyAsync"/>
    public Task ReadyAsync()
    {
        lock (_lock)
        {
            if (_waiting < WaitingMax)
            {
                return Task.CompletedTask;
            }

            _ready ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _ready.Task;
        }
    }

    /// <summary>Waits until the archive has a block.</summary>
    /// <param name="height">The block.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when questions see the block.</returns>
    public async Task WaitForAsync(ulong height, CancellationToken cancellationToken)
    {
        while (archive.Height < height)
        {
            // Asked for before looking again, so that no block is added in between.
            var added = _added.NextAsync(cancellationToken);
            if (archive.Height >= height)
            {
                return;
            }

            await added;
        }
    }

    /// <summary>No more will come: <see cref="RunAsync"/> ends when all is kept.</summary>
    public void Complete() => _exports.Writer.TryComplete();

    /// <summary>Stores queued blocks and snapshots until cancelled or completed.</summary>
    /// <param name="cancellationToken">Ends archiving without waiting for what is in hand.</param>
    /// <returns>A task that completes when it has ended.</returns>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(WriteSnapshotsAsync(cancellationToken), KeepBlocksAsync(cancellationToken));

    private async Task KeepBlocksAsync(CancellationToken cancellationToken)
    {
        var blocks = new List<SealedBlock>(BlocksPerStep);
        while (await _work.Reader.WaitToReadAsync(cancellationToken))
        {
            WrittenSnapshot? written = null;
            while (written is null && blocks.Count < BlocksPerStep && _work.Reader.TryRead(out var item))
            {
                written = item as WrittenSnapshot;
                if (item is SealedBlock block)
                {
                    blocks.Add(block);
                }
            }

            if (blocks.Count > 0)
            {
                await PersistAsync(token => AddAsync(blocks, token), cancellationToken);
                Dequeued(blocks.Count);
                blocks.Clear();
            }

            if (written is not null)
            {
                await PersistAsync(token => CompleteAsync(written, token), cancellationToken);
                Dequeued(1);
            }
        }
    }

    private async Task WriteSnapshotsAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _exports.Reader.WaitToReadAsync(cancellationToken))
            {
                while (_exports.Reader.TryRead(out var snapshot))
                {
                    await WriteAsync(snapshot, cancellationToken);
                }
            }
        }
        finally
        {
            _work.Writer.TryComplete();
        }
    }

    private async Task WriteAsync(SnapshotExport snapshot, CancellationToken cancellationToken)
    {
        var began = timeProvider.GetTimestamp();
        ISnapshotWriter? writer = null;
        await PersistAsync(async token => writer = await snapshots.BeginAsync(snapshot.Height, token), cancellationToken);
        try
        {
            await foreach (var part in snapshot.PartsAsync(cancellationToken))
            {
                await PersistAsync(async token => await writer!.AddAsync(part, token), cancellationToken);
            }
        }
        catch (Exception exception) when (exception is StorageException or ShardMovedException)
        {
            // The shards have dropped this state, so the snapshot is given up; a later one takes its place.
            LogNotTaken(exception, snapshot.Height);
            snapshot.End();
            return;
        }

        // Queued behind its block, because a snapshot counts only when its block is durable in the archive.
        Enqueue(new WrittenSnapshot(snapshot, writer!, began));
    }

    private void Enqueue(object item)
    {
        lock (_lock)
        {
            _waiting++;
        }

        _work.Writer.TryWrite(item);
    }

    private void Dequeued(int count)
    {
        TaskCompletionSource? ready = null;
        lock (_lock)
        {
            _waiting -= count;
            if (_waiting < WaitingMax)
            {
                (ready, _ready) = (_ready, null);
            }
        }

        ready?.SetResult();
    }

    private async Task AddAsync(List<SealedBlock> blocks, CancellationToken cancellationToken)
    {
        await archive.AddAsync(blocks, cancellationToken);
        BlocksAdded?.Invoke(blocks);
        _added.Fire();
    }

    private async Task CompleteAsync(WrittenSnapshot written, CancellationToken cancellationToken)
    {
        await archive.FlushAsync(cancellationToken);
        await written.Writer.CompleteAsync(cancellationToken);
        written.Snapshot.End();
        LogSnapshotKept(written.Snapshot.Height, written.Snapshot.Bytes, timeProvider.GetElapsedTime(written.Began).TotalSeconds);
    }

    private async Task PersistAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await work(cancellationToken);
                return;
            }
            catch (StorageException exception)
            {
                LogNotKept(exception);
                await Task.Delay(retry, timeProvider, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Kept a snapshot of block {Height}: {Size} bytes in {Seconds:F2} s.")]
    private partial void LogSnapshotKept(ulong height, long size, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The snapshot of block {Height} was not kept; the next start takes longer.")]
    private partial void LogNotTaken(Exception exception, ulong height);

    [LoggerMessage(Level = LogLevel.Error, Message = "A sealed block or a snapshot could not be kept; trying again. Nothing is lost: the journal has it.")]
    private partial void LogNotKept(Exception exception);

    /// <summary>A snapshot whose parts are all written.</summary>
    private sealed record WrittenSnapshot(SnapshotExport Snapshot, ISnapshotWriter Writer, long Began);
}
