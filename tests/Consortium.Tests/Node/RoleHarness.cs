using Consortium.Consensus.Archiving;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Consensus.Shards;
using Consortium.Gateway.Node;
using Consortium.Gateway.Node.Diagnostics;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Microsoft.Extensions.Logging;

namespace Consortium.Tests.Node;

/// <summary>Every role in one process, without grains.</summary>
/// <remarks>Lifecycle: <see cref="StartAsync"/>; serve; <see cref="DisposeAsync"/>. The ports are the caller's to dispose, afterwards.</remarks>
public sealed partial class RoleHarness : LedgerNode, ILedgerObserver, IAsyncDisposable
{
    private readonly RolePorts _ports;
    private readonly TimeProvider _timeProvider;
    private readonly DateTimeOffset _started;
    private readonly ILogger _logger;
    private readonly Sequencer _sequencer;
    private readonly Archivist _archivist;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _ordering = Task.CompletedTask;
    private Task _archiving = Task.CompletedTask;
    private volatile NodeStatus _status = NodeStatus.Starting;

    private RoleHarness(
        Genesis genesis,
        IReadOnlyList<IStateShard> shards,
        RolePorts ports,
        SequencerOptions options,
        TimeProvider timeProvider,
        ILoggerFactory loggers)
        : base(genesis, shards, ports.Journal, ports.Index, timeProvider)
    {
        _ports = ports;
        _timeProvider = timeProvider;
        _started = timeProvider.GetUtcNow();
        _logger = loggers.CreateLogger<RoleHarness>();
        _archivist = new Archivist(
            ports.Index,
            ports.Snapshots,
            options.StorageRetry,
            timeProvider,
            loggers.CreateLogger<Archivist>());
        _sequencer = new Sequencer(
            genesis,
            ports.Journal,
            shards,
            ports.Miners,
            this,
            options,
            new P256VerifierCache(),
            timeProvider,
            loggers.CreateLogger<Sequencer>());
        _archivist.BlocksAdded += blocks => _sequencer.Recent.Forget(blocks[^1].Seal.Header.LastPosition);
    }

    /// <inheritdoc/>
    public override LedgerProgress Progress => _sequencer.Progress;

    /// <inheritdoc/>
    public override NodeStatus Status => _status;

    /// <inheritdoc/>
    public override int QueueLength => _sequencer.QueueLength;

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
    public static async Task<RoleHarness> StartAsync(
        Genesis genesis,
        RolePorts ports,
        SequencerOptions options,
        TimeProvider timeProvider,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<IStateShard> shards =
        [
            .. Enumerable
                .Range(0, genesis.Shards)
                .Select(number => new LocalShard(new StateShard(number, genesis.ShardCount), TaskScheduler.Default)),
        ];
        var node = new RoleHarness(genesis, shards, ports, options, timeProvider, loggers);
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
    public override Task<IReadOnlyList<OrderResult>> SubmitAsync(IReadOnlyList<Transaction> transactions) =>
        _sequencer.SubmitAsync(transactions);

    /// <inheritdoc/>
    public Task ReadyAsync() => _archivist.ReadyAsync();

    /// <inheritdoc/>
    public void OnSealed(SealedBlock block) => _archivist.Add(block);

    /// <inheritdoc/>
    public void OnSnapshot(SnapshotExport snapshot) => _archivist.Add(snapshot);

    /// <summary>Sets the status to draining, so that load balancers send no more; requests under way go on.</summary>
    public void BeginDraining()
    {
        if (_status == NodeStatus.Ordering)
        {
            _status = NodeStatus.Draining;
        }
    }

    /// <summary>Stops taking transactions, finishes the current batch, and stores the sealed blocks.</summary>
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

    /// <inheritdoc/>
    protected override Task WaitForIndexAsync(ulong height, CancellationToken cancellationToken) =>
        _archivist.WaitForAsync(height, cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask<IReadOnlyList<Digest>?> ShardRootsAtAsync(ulong height, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_sequencer.ShardRootsAt(height));

    /// <inheritdoc/>
    protected override Task<ConsensusDiagnosis?> DiagnoseConsensusAsync(CancellationToken bound) => Task.FromResult(
        _status is NodeStatus.Ordering or NodeStatus.Draining
            ? new ConsensusDiagnosis(_sequencer.Activation, Progress.Now, QueueLength)
            : null);

    /// <inheritdoc/>
    protected override Task<IReadOnlyList<SiloDiagnosis>> DiagnoseSilosAsync(CancellationToken bound)
    {
        var now = _timeProvider.GetUtcNow();
        var facts = new SiloFacts(Member: null, Status, ProgramVersion.Text, now, CertificateExpires: null);
        return Task.FromResult<IReadOnlyList<SiloDiagnosis>>(
            [new SiloDiagnosis(Environment.MachineName, "active", _started, facts, now, now, Fault: null)]);
    }

    /// <inheritdoc/>
    protected override ValueTask<(ulong Position, int Index)?> FindElsewhereAsync(TransactionId id, CancellationToken cancellationToken) =>
        ValueTask.FromResult<(ulong Position, int Index)?>(_sequencer.Recent.TryFind(id, out var place) ? place : null);

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

    [LoggerMessage(Level = LogLevel.Critical, Message = "Ordering has ended: the node must be restarted.")]
    private partial void LogOrderingFailed(Exception exception);
}
