using Consortium.Consensus.Archiving;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Consensus.Shards;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;
using Microsoft.Extensions.Logging;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Node;

/// <summary>The embedded engine: every role in one process.</summary>
/// <remarks>Lifecycle: <see cref="StartAsync"/>; serve; <see cref="DisposeAsync"/>. The ports are the caller's to dispose, afterwards.</remarks>
public sealed partial class EmbeddedNode : ILedgerNode, ILedgerObserver, IAsyncDisposable
{
    private readonly NodePorts _ports;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly IReadOnlyList<IStateShard> _shards;
    private readonly Sequencer _sequencer;
    private readonly Archivist _archivist;
    private readonly RecentBatches _recent = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _ordering = Task.CompletedTask;
    private Task _archiving = Task.CompletedTask;
    private volatile NodeStatus _status = NodeStatus.Starting;

    private EmbeddedNode(
        Genesis genesis,
        NodePorts ports,
        SequencerOptions options,
        TimeProvider timeProvider,
        ILoggerFactory loggers)
    {
        Genesis = genesis;
        _ports = ports;
        _timeProvider = timeProvider;
        _logger = loggers.CreateLogger<EmbeddedNode>();
        _shards = [.. Enumerable
            .Range(0, genesis.Shards)
            .Select(number => new LocalShard(new StateShard(number, genesis.ShardCount), TaskScheduler.Default))];
        _archivist = new Archivist(
            ports.Index,
            ports.Snapshots,
            options.StorageRetry,
            timeProvider,
            loggers.CreateLogger<Archivist>());
        _archivist.BlocksAdded += blocks => _recent.Forget(blocks[^1].Seal.Header.LastPosition);
        _sequencer = new Sequencer(
            genesis,
            ports.Journal,
            _shards,
            ports.Miners,
            this,
            options,
            new P256VerifierCache(),
            timeProvider,
            loggers.CreateLogger<Sequencer>());
    }

    /// <inheritdoc/>
    public Genesis Genesis { get; }

    /// <inheritdoc/>
    public LedgerProgress Progress => _sequencer.Progress;

    /// <inheritdoc/>
    public NodeStatus Status => _status;

    /// <inheritdoc/>
    public int QueueLength => _sequencer.QueueLength;

    /// <inheritdoc/>
    public ILedgerIndex Index => _ports.Index;

    /// <summary>Fails when ordering has ended by itself; the process should then stop.</summary>
    public Task Failed => _failed.Task;

    /// <summary>Recovers from storage and begins to order.</summary>
    /// <param name="genesis">The network's genesis.</param>
    /// <param name="ports">Storage and miners.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="timeProvider">The only clock.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    /// <returns>The node, ordering.</returns>
    /// <exception cref="StorageException">Storage cannot be read, or belongs to another network.</exception>
    public static async Task<EmbeddedNode> StartAsync(
        Genesis genesis,
        NodePorts ports,
        SequencerOptions options,
        TimeProvider timeProvider,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        var node = new EmbeddedNode(genesis, ports, options, timeProvider, loggers);
        try
        {
            await node.RecoverAsync(cancellationToken);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<OrderResult>> SubmitAsync(IReadOnlyList<Transaction> transactions) =>
        _sequencer.SubmitAsync(transactions);

    /// <inheritdoc/>
    public async Task<Simulation> SimulateAsync(Transaction transaction, CancellationToken cancellationToken)
    {
        var view = new StateView(int.MaxValue);
        var executor = new Executor(view);
        var now = (ulong)_timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        var timeMs = Math.Max(Progress.Now.TimeMs, now);
        while (true)
        {
            var result = executor.TryExecute(transaction, timeMs);
            if (result is not null)
            {
                return new Simulation(timeMs, result.Rejections, executor.TakeWritten());
            }

            var missing = view.Missing.Distinct().ToArray();
            view.ClearMissing();
            foreach (var key in missing)
            {
                view.Set(key, await ReadAsync(key, cancellationToken));
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StateValue?> ReadAsync(StateKey key, CancellationToken cancellationToken)
    {
        var read = await ShardOf(key).ReadAsync([key], cancellationToken);
        return read.Values[0] is { } bytes ? StateValue.Decode(key.Kind, bytes) : null;
    }

    /// <inheritdoc/>
    public async ValueTask<AccountHoldings> HoldingsAsync(AccountId account, CancellationToken cancellationToken)
    {
        // What is published here was applied before: a shard that was written last at an earlier position stands for this one too.
        var now = Progress.Now.Position;
        var holdings = await ShardOf(StateKey.Account(account)).HoldingsAsync(account, cancellationToken);
        return new AccountHoldings(
            Math.Max(now, holdings.Position),
            [.. holdings.Values.Select(pair => new AccountHolding(pair.Key.Instrument, Holding.Decode(pair.Value)!))]);
    }

    /// <inheritdoc/>
    public async ValueTask<RecordedTransaction?> FindTransactionAsync(TransactionId id, CancellationToken cancellationToken)
    {
        if (_recent.TryFind(id, out var place))
        {
            return await ReadTransactionAsync(place.Position, place.Index, cancellationToken);
        }

        foreach (var (position, index) in await Index.FindTransactionAsync(id, cancellationToken))
        {
            var candidate = await ReadTransactionAsync(position, index, cancellationToken);
            if (candidate?.Id == id)
            {
                return candidate;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask<RecordedTransaction?> ReadTransactionAsync(ulong position, int index, CancellationToken cancellationToken)
    {
        if (_recent.TryRead(position, index) is { } recent)
        {
            return recent;
        }

        await foreach (var entry in _ports.Journal.ReadAsync(position, position, cancellationToken))
        {
            if (entry.Kind == JournalEntryKind.Batch)
            {
                var batch = Wire.Batch.Parser.ParseFrom(entry.Bytes.Span);
                return index >= 0 && index < batch.Transactions.Count ? Recorded(batch, index) : null;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask<BlockSeal?> ReadBlockHeaderAsync(ulong height, CancellationToken cancellationToken) =>
        (await FindBlockAsync(height, cancellationToken))?.Seal;

    /// <inheritdoc/>
    public async ValueTask<RecordedBlock?> ReadBlockAsync(ulong height, CancellationToken cancellationToken)
    {
        if (await FindBlockAsync(height, cancellationToken) is not { } block)
        {
            return null;
        }

        var transactions = new List<RecordedTransaction>();
        var last = block.Seal.Header.LastPosition;
        if (block.FirstPosition <= last)
        {
            await foreach (var entry in _ports.Journal.ReadAsync(block.FirstPosition, last, cancellationToken))
            {
                if (entry.Kind == JournalEntryKind.Batch)
                {
                    var batch = Wire.Batch.Parser.ParseFrom(entry.Bytes.Span);
                    transactions.AddRange(Enumerable.Range(0, batch.Transactions.Count).Select(index => Recorded(batch, index)));
                }
            }
        }

        return new RecordedBlock(block.Seal, transactions);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalEntry> ReadJournalAsync(
        ulong fromPosition,
        ulong toPosition,
        CancellationToken cancellationToken) => _ports.Journal.ReadAsync(fromPosition, toPosition, cancellationToken);

    /// <inheritdoc/>
    public Task ExportAsync(Stream destination, ulong toHeight, CancellationToken cancellationToken) =>
        JournalExport.WriteAsync(_ports.Journal, Progress.Now.Position, toHeight, destination, cancellationToken);

    /// <inheritdoc/>
    public async Task<byte[]> ProveStateAsync(StateKey key, CancellationToken cancellationToken)
    {
        await Progress.WaitAsync(moments => moments.SealedHeight > 0, cancellationToken);
        var proof = await ShardOf(key).ProveAsync(key, cancellationToken);
        await Progress.WaitAsync(moments => moments.SealedHeight >= proof.Height, cancellationToken);
        var roots = _sequencer.ShardRootsAt(proof.Height);
        Invariant.Holds(roots is not null);
        return await CertificateWriter.StateAsync(this, key, proof, roots, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<byte[]?> ProveTransactionAsync(TransactionId id, CancellationToken cancellationToken)
    {
        if (await FindTransactionAsync(id, cancellationToken) is not { } found)
        {
            return null;
        }

        var sealedMoments = await Progress.WaitAsync(moments => moments.SealedPosition >= found.Receipt.Position, cancellationToken);
        await _archivist.WaitForAsync(sealedMoments.SealedHeight, cancellationToken);
        var block = await Index.FindBlockOfBatchAsync(found.Receipt.Position, cancellationToken);
        var recorded = block is null ? null : await ReadBlockAsync(block.Seal.Header.Height, cancellationToken);
        return recorded is null ? null : await CertificateWriter.TransactionAsync(this, recorded, id, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReadyAsync() => _archivist.ReadyAsync();

    /// <inheritdoc/>
    public void OnOrdered(OrderedBatch batch) => _recent.Add(batch);

    /// <inheritdoc/>
    public void OnSealed(SealedBlock block) => _archivist.Add(block);

    /// <inheritdoc/>
    public void OnSnapshot(Snapshot snapshot) => _archivist.Add(snapshot);

    /// <summary>Stops taking transactions, finishes the batch in hand, and keeps what was sealed.</summary>
    /// <returns>A task that completes when nothing runs any more.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_status == NodeStatus.Stopped && _stop.IsCancellationRequested)
        {
            return;
        }

        _status = NodeStatus.Draining;
        await _stop.CancelAsync();
        await Task.WhenAny(_ordering);
        _archivist.Complete();
        await Task.WhenAny(_archiving, Task.Delay(TimeSpan.FromSeconds(10), _timeProvider));
        _status = NodeStatus.Stopped;
    }

    private static RecordedTransaction Recorded(Wire.Batch batch, int index)
    {
        var signed = batch.Transactions[index].Memory;
        var id = Derive.Transaction(Wire.SignedTransaction.Parser.ParseFrom(signed.Span).Payload.Span);
        var receipt = ExecutedTransaction.Receipt(id, batch.Position, index, batch.TimeMs, batch.Outcomes[index]);
        return new RecordedTransaction(id, signed, receipt);
    }

    private async ValueTask<IndexedBlock?> FindBlockAsync(ulong height, CancellationToken cancellationToken)
    {
        if (height == 0 || height > Progress.Now.SealedHeight)
        {
            return null;
        }

        await _archivist.WaitForAsync(height, cancellationToken);
        return await Index.FindBlockAsync(height, cancellationToken);
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        _archiving = Task.Run(() => _archivist.RunAsync(CancellationToken.None), CancellationToken.None);
        await _sequencer.StartAsync(Guid.NewGuid(), _ports.Snapshots, Index.Height, cancellationToken);
        await _archivist.WaitForAsync(Progress.Now.SealedHeight, cancellationToken);
        _ordering = Task.Run(OrderAsync, CancellationToken.None);
        _status = NodeStatus.Ordering;
    }

    private async Task OrderAsync()
    {
        try
        {
            await _sequencer.RunAsync(_stop.Token);
        }
        catch (Exception exception)
        {
            _status = NodeStatus.Stopped;
            LogOrderingFailed(exception);
            _failed.TrySetException(exception);
        }
    }

    private IStateShard ShardOf(StateKey key) => _shards[key.Shard(Genesis.ShardCount)];

    [LoggerMessage(Level = LogLevel.Critical, Message = "Ordering has ended: the node must be restarted.")]
    private partial void LogOrderingFailed(Exception exception);
}
