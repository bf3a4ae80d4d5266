using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Gateway.Node;
using Consortium.Gateway.Node.Diagnostics;
using Consortium.Grains;
using Consortium.Grains.Consensus;
using Consortium.Grains.Messages;
using Consortium.Grains.Shards;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;
using Consortium.Silo.Diagnostics;
using Receipt = Consortium.Ledger.Wire.Receipt;

namespace Consortium.Silo.Following;

/// <summary>The cluster as a gateway sees it: consensus and shards through their grains, the past through the journal and an index of its own.</summary>
/// <remarks>
/// Lifecycle: <see cref="Start"/>; serve; <see cref="DrainAsync"/>. It follows consensus: progress by asking for more than it knows, sealed
/// blocks by reading the block log.
/// </remarks>
internal sealed partial class ClusterNode : LedgerNode, IDisposable
{
    // Asking for progress this often costs little beside the batches, and delays a caller that waits for a block by at most this long.
    private static readonly TimeSpan FollowPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FollowTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(15);

    private readonly IConsensusGrain _consensus;
    private readonly ConsensusPresence _presence;
    private readonly LatestActivation _latest;
    private readonly SubmissionBatcher _batcher;
    private readonly IndexFeeder _feeder;
    private readonly InHand _here = new();
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly ClusterDiagnostics _diagnostics;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private long _followedAt;
    private volatile bool _hasFollowed;
    private volatile int _queueLength;
    private volatile bool _isDraining;

    private ClusterNode(
        Genesis genesis,
        ClusterPorts ports,
        LatestActivation latest,
        TimeProvider timeProvider,
        ILoggerFactory loggers)
        : base(
            genesis,
            ShardGrains.All(ports.Grains, ports.Shards, genesis, () => latest.Position, timeProvider),
            ports.Journal,
            ports.Index,
            timeProvider)
    {
        _consensus = ports.Grains.GetGrain<IConsensusGrain>(0);
        _presence = ports.Presence;
        _latest = latest;
        _diagnostics = new ClusterDiagnostics(ports.Grains, timeProvider, loggers.CreateLogger<ClusterDiagnostics>());
        _timeProvider = timeProvider;
        _logger = loggers.CreateLogger<ClusterNode>();
        _batcher = new SubmissionBatcher(_consensus, ports.QueueTransactionsMax, _logger);
        _feeder = new IndexFeeder(ports.Blocks, height => ports.Presence.Current?.Blocks.Take(height), ports.Index, timeProvider, loggers.CreateLogger<IndexFeeder>());
    }

    /// <inheritdoc/>
    public override LedgerProgress Progress { get; } = new();

    /// <inheritdoc/>
    public override NodeStatus Status
    {
        get
        {
            if (_stop.IsCancellationRequested)
            {
                return NodeStatus.Stopped;
            }

            if (_isDraining)
            {
                return NodeStatus.Draining;
            }

            var isLost = !_hasFollowed || _timeProvider.GetElapsedTime(Volatile.Read(ref _followedAt)) > LostAfter;
            return isLost || !_feeder.HasCaughtUp ? NodeStatus.Starting
                : _presence.IsOrdering ? NodeStatus.Ordering
                : NodeStatus.Following;
        }
    }

    /// <inheritdoc/>
    public override int QueueLength => _queueLength + _batcher.Waiting;

    /// <summary>Makes a node that follows a cluster.</summary>
    /// <param name="genesis">The network's genesis.</param>
    /// <param name="ports">What it stands on.</param>
    /// <param name="timeProvider">The only clock, which tests and the simulator replace.</param>
    /// <param name="loggers">Makes the logs of the parts.</param>
    /// <returns>The node, not started.</returns>
    public static ClusterNode Create(Genesis genesis, ClusterPorts ports, TimeProvider timeProvider, ILoggerFactory loggers) =>
        new(genesis, ports, new LatestActivation(), timeProvider, loggers);

    /// <summary>Begins to follow.</summary>
    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Refuses new requests, finishes those under way, and stops following.</summary>
    /// <returns>A task that completes when nothing runs any more.</returns>
    public async Task DrainAsync()
    {
        _isDraining = true;
        _batcher.Complete();
        await _here.CloseAsync();
        await _stop.CancelAsync();
        await _running;
    }

    /// <summary>Sets the status to draining, so that load balancers send this process no more requests.</summary>
    public void BeginDraining() => _isDraining = true;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<OrderResult>> SubmitAsync(IReadOnlyList<Transaction> transactions)
    {
        if (transactions.Count == 0)
        {
            return [];
        }

        if (_presence.Current is { } here && _here.TryEnter())
        {
            try
            {
                return await SubmitHereAsync(here, transactions);
            }
            finally
            {
                _here.Leave();
            }
        }

        var reply = await _batcher.SubmitAsync([.. transactions.Select(transaction => transaction.SignedBytes)]);
        Progress.Advance(now => now with { Position = Math.Max(now.Position, reply.Position) });
        return [.. transactions.Zip(reply.Answers, Result)];
    }

    /// <summary>Releases the node's resources; to be called when no request and no following task runs any more.</summary>
    public void Dispose() => _stop.Dispose();

    /// <inheritdoc/>
    protected override Task WaitForIndexAsync(ulong height, CancellationToken cancellationToken) =>
        _feeder.WaitForAsync(height, cancellationToken);

    /// <inheritdoc/>
    protected override async ValueTask<IReadOnlyList<Digest>?> ShardRootsAtAsync(ulong height, CancellationToken cancellationToken)
    {
        var roots = (await AskAsync(() => _consensus.ShardRootsAsync(height), cancellationToken)).ToList();
        return roots.Count == 0 ? null : [.. roots.Select(root => Digest.FromBytes(root!.Value.Span))];
    }

    /// <inheritdoc/>
    protected override Task<ConsensusDiagnosis?> DiagnoseConsensusAsync(CancellationToken bound) => _diagnostics.AskConsensusAsync(bound);

    /// <inheritdoc/>
    protected override Task<IReadOnlyList<SiloDiagnosis>> DiagnoseSilosAsync(CancellationToken bound) => _diagnostics.AskSilosAsync(bound);

    /// <inheritdoc/>
    protected override async ValueTask<(ulong Position, int Index)?> FindElsewhereAsync(TransactionId id, CancellationToken cancellationToken)
    {
        var bytes = id.Digest.ToArray();
        var found = await AskAsync(() => _consensus.FindAsync(bytes), cancellationToken);
        if (found.IsFound)
        {
            return (found.Position, found.Index);
        }

        await _feeder.WaitForAsync(found.ArchivedHeight, cancellationToken);
        return null;
    }

    /// <inheritdoc/>
    protected override async ValueTask CatchUpAsync(CancellationToken cancellationToken) =>
        Note(await AskAsync(() => _consensus.FollowAsync(new FollowRequest(0, 0, 0)), cancellationToken));

    // The sequencer in this process takes transactions that this gateway decoded and checked without checking them again.
    private async Task<IReadOnlyList<OrderResult>> SubmitHereAsync(OrderingActivation here, IReadOnlyList<Transaction> transactions)
    {
        var results = await here.SubmitAsync(transactions);
        Progress.Advance(now => now with { Position = Math.Max(now.Position, results.Max(result => result.Position)) });
        return results;
    }

    private static OrderResult Result(Transaction transaction, OrderAnswer answer)
    {
        if (answer.Refusal != 0)
        {
            return OrderResult.Refuse(transaction.Id, new Refused((Refusal)answer.Refusal, answer.Message ?? string.Empty));
        }

        var receipt = answer.Receipt is null ? null : Receipt.Parser.ParseFrom(answer.Receipt);
        return new OrderResult(
            transaction.Id,
            Refused: null,
            answer.Position,
            answer.Index,
            answer.IsDuplicate,
            receipt?.TimeMs ?? 0,
            receipt?.Outcome);
    }

    private async Task RunAsync()
    {
        using var unrecorded = GrainTraces.SuppressTracing();
        await Task.WhenAll(
            Task.Run(FollowAsync),
            Task.Run(() => _feeder.RunAsync(_stop.Token)),
            _batcher.RunAsync());
    }

    private async Task FollowAsync()
    {
        var (activation, archived) = (0UL, 0UL);
        var pause = TimeSpan.Zero;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause, _timeProvider, _stop.Token);
                }

                pause = AskAgain;
                var request = new FollowRequest(activation, Progress.Now.Position, archived);
                var head = await FollowAsync(request);
                if (head.Activation != 0)
                {
                    Note(head);
                    (activation, archived) = (head.Activation, head.ArchivedHeight);

                    // What orders in this process wakes this task when there is news; asking on a clock would wake an idle machine too.
                    pause = _presence.Current is null ? FollowPause : TimeSpan.Zero;
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // Asked to stop.
            }
            catch (Exception exception)
            {
                LogNotFollowing(exception.Message);
            }
        }
    }

    private async Task<FollowReply> FollowAsync(FollowRequest request)
    {
        if (_presence.Current is not { } here)
        {
            return await _consensus.FollowAsync(request).WaitAsync(_stop.Token);
        }

        using var timer = new CancellationTokenSource(FollowTime, _timeProvider);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, _stop.Token);
        return await here.FollowAsync(request, ended.Token);
    }

    // An answer may come late: progress never goes back.
    private void Note(FollowReply head)
    {
        if (head.Activation == 0)
        {
            return;
        }

        _latest.Note(head.Activation);
        _queueLength = head.QueueLength;
        Volatile.Write(ref _followedAt, _timeProvider.GetTimestamp());
        _hasFollowed = true;
        _feeder.Announce(head.ArchivedHeight);
        Progress.Advance(now => new LedgerHead(
            Math.Max(now.Position, head.Position),
            Math.Max(now.TimeMs, head.TimeMs),
            Math.Max(now.SealedHeight, head.SealedHeight),
            Math.Max(now.SealedPosition, head.SealedPosition),
            Math.Max(now.FinalHeight, head.FinalHeight),
            Math.Max(now.FinalPosition, head.FinalPosition)));
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (GrainFaults.IsUnreachable(exception))
        {
            throw new StorageException($"The sequencer could not be reached: {exception.Message} Ask again in a moment.", exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The sequencer cannot be followed now ({Reason}); asking again.")]
    private partial void LogNotFollowing(string reason);
}
