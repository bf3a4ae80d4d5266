using System.Diagnostics;
using Consortium.Consensus.Archiving;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Grains.Messages;
using Consortium.Grains.Mining;
using Consortium.Grains.Placement;
using Consortium.Grains.Shards;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Consortium.Grains.Consensus;

/// <summary>Runs the sequencer for one activation of the consensus grain, again and again: a shard that moves ends a run, and the next begins from storage.</summary>
/// <remarks>
/// Lifecycle: <see cref="Start"/>; calls of any kind from any thread; <see cref="DisposeAsync"/>. When another activation has written the
/// journal, <see cref="Fenced"/> completes and nothing is ordered here any more.
/// </remarks>
internal sealed partial class ConsensusHost(
    ClusterNetwork network,
    ConsensusPorts ports,
    ConsensusPresence presence,
    LocalShards localShards,
    IGrainFactory grains,
    MemberSilos silos,
    TimeProvider timeProvider,
    ILoggerFactory loggers) : IAsyncDisposable
{
    private const int MoveAttempts = 10;
    private static readonly TimeSpan MoveAgain = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FollowTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ArchiveTime = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = loggers.CreateLogger<ConsensusHost>();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _fenced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource _recovered = NewRecovered();
    private volatile OrderingActivation? _current;
    private Task _running = Task.CompletedTask;

    /// <summary>Completes when another activation orders.</summary>
    public Task Fenced => _fenced.Task;

    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Stops ordering, after the batch in hand.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync();
        }

        await _running;
    }

    public async Task<OrderReply> SubmitAsync(OrderRequest request)
    {
        var transactions = request.Transactions.ToList();
        if (_current is not { } current)
        {
            var refused = new OrderAnswer(
                (int)Refusal.NotServing,
                "Ordering begins anew after a silo came or went. Nothing of this request was ordered; send it again in a moment.",
                0,
                0,
                IsDuplicate: false,
                Receipt: null);
            return new OrderReply([.. transactions.Select(_ => refused)], 0);
        }

        // These come from another process, whose gateway checked them; what this process' own gateway checked comes by OrderingActivation.
        var decoded = transactions.Select(signed => TransactionCodec.DecodeTrusted(signed ?? default, network.Genesis.Network)).ToList();
        var results = await current.Sequencer.SubmitAsync(decoded, [.. request.Callers.Select(caller => ActivityContext.Parse(caller, traceState: null))]);
        return new OrderReply([.. results.Select(result => Answer(result))], current.Sequencer.Progress.Now.Position);
    }

    public async Task<FollowReply> FollowAsync(FollowRequest request)
    {
        using var timer = new CancellationTokenSource(FollowTime, timeProvider);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, presence.Leaving);
        try
        {
            await _recovered.Task.WaitAsync(ended.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody orders: that is an answer too.
        }

        return _current is { } current
            ? await current.FollowAsync(request, ended.Token)
            : new FollowReply(0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    public FoundTransaction Find(TransactionId id)
    {
        if (_current is not { } current)
        {
            throw new StorageException("Ordering begins anew after a silo came or went, so recent transactions cannot be looked up. Ask again in a moment.");
        }

        // A batch leaves memory only when the archive has its block: a height that is read after the search covers the batches that left.
        var archived = current.Archive.Height;
        return current.Sequencer.Recent.TryFind(id, out var place)
            ? new FoundTransaction(IsFound: true, place.Position, place.Index, archived)
            : new FoundTransaction(IsFound: false, 0, 0, Math.Max(archived, current.Archive.Height));
    }

    public Blobs ShardRoots(ulong height) =>
        Blobs.From([.. (_current?.Sequencer.ShardRootsAt(height) ?? []).Select(root => (ReadOnlyMemory<byte>?)root.ToArray())]);

    private static TaskCompletionSource NewRecovered() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static OrderAnswer Answer(OrderResult result) => result.Refused is { } refused
        ? new OrderAnswer((int)refused.Code, refused.Detail, 0, 0, IsDuplicate: false, Receipt: null)
        : new OrderAnswer(0, Message: null, result.Position, result.Index, result.Duplicate, result.ToReceipt()?.ToByteArray());

    private async Task RunAsync()
    {
        // What this activation does does not belong to the trace of the call that began it.
        using var unrecorded = GrainTraces.SuppressTracing();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(presence.Pause, timeProvider, _stop.Token);
                await OrderAsync(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // Asked to stop.
            }
            catch (ShardMovedException exception)
            {
                LogShardMoved(exception.Message);
            }
            catch (JournalConflictException exception)
            {
                LogFenced(exception.Message);
                presence.Conflicted();
                _fenced.TrySetResult();
                return;
            }
            catch (InvariantBrokenException exception)
            {
                LogBroken(exception);
                ports.StopProcess();
                return;
            }
            catch (Exception exception)
            {
                LogOrderingFailed(exception);
                await PauseAsync();
            }
        }
    }

    private async Task PauseAsync()
    {
        try
        {
            await Task.Delay(ports.Options.StorageRetry, timeProvider, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    private async Task OrderAsync(CancellationToken cancellationToken)
    {
        var assignment = ShardAssignment.Of(silos.Active, network.Genesis.Shards);
        await MoveShardsAsync(assignment, cancellationToken);
        var archive = await ports.Archive(cancellationToken);
        var archivist = new Archivist(archive, ports.Snapshots, ports.Options.StorageRetry, timeProvider, loggers.CreateLogger<Archivist>());
        var blocks = new RecentBlocks();
        archivist.BlocksAdded += blocks.Add;
        using var run = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var archiving = new CancellationTokenSource();
        var archived = Task.Run(() => archivist.RunAsync(archiving.Token), CancellationToken.None);
        try
        {
            var sequencer = NewSequencer(new ActivationObserver(archivist));
            archivist.BlocksAdded += added => sequencer.Recent.Forget(added[^1].Seal.Header.LastPosition);
            await sequencer.StartAsync(Guid.NewGuid(), ports.Snapshots, archive.Height, run.Token);
            await RunAsync(new OrderingActivation(sequencer, blocks, archive), assignment, run);
        }
        finally
        {
            archivist.Complete();
            await Task.WhenAny(archived, Task.Delay(ArchiveTime, timeProvider, CancellationToken.None));
            await archiving.CancelAsync();
        }
    }

    private async Task RunAsync(OrderingActivation activation, IReadOnlyList<SiloAddress> assignment, CancellationTokenSource run)
    {
        _current = activation;
        presence.Began(activation);
        _recovered.TrySetResult();
        var watching = WatchSilosAsync(assignment, run);
        try
        {
            await activation.Sequencer.RunAsync(run.Token);
        }
        finally
        {
            (_current, _recovered) = (null, NewRecovered());
            presence.Ended(activation);
            await run.CancelAsync();
            await watching;
        }
    }

    // Shards move when a silo joins; when one leaves, its shards are missed anyway.
    private async Task WatchSilosAsync(IReadOnlyList<SiloAddress> assignment, CancellationTokenSource run)
    {
        try
        {
            await silos.WaitForOtherAsync(assignment, network.Genesis.Shards, run.Token);
            LogMovingShards();
            await run.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    // A shard that moves after it was restored loses that: so they are asked until they are there. Where one runs is a matter of load,
    // not of correctness, and nothing waits for long.
    private async Task MoveShardsAsync(IReadOnlyList<SiloAddress> assignment, CancellationToken cancellationToken)
    {
        try
        {
            var elsewhere = Enumerable.Range(0, assignment.Count).ToList();
            for (var attempt = 0; attempt < MoveAttempts && elsewhere.Count > 0; attempt++)
            {
                await Task.Delay(attempt * MoveAgain, timeProvider, cancellationToken);
                var there = await Task.WhenAll(elsewhere.Select(number => ShardGrains.Get(grains, number, network.Genesis.ShardCount).MoveAsync(assignment[number])));
                elsewhere = [.. elsewhere.Where((_, i) => !there[i])];
            }

            if (elsewhere.Count > 0)
            {
                LogNotMoved(elsewhere.Count);
            }
        }
        catch (Exception exception) when (GrainFaults.IsUnreachable(exception))
        {
            LogUnreachable(exception);
        }
    }

    private Sequencer NewSequencer(ILedgerObserver observer)
    {
        // Consensus writes: its epochs fence what is late, so that no activation is too old for it.
        var shards = ShardGrains.All(grains, localShards, network.Genesis, static () => 0, timeProvider);
        IReadOnlyList<IMiner> miners =
        [
            .. network.Genesis.Members.Select(member => new GrainMiner(
                grains.GetGrain<IMinerGrain>(member.Id.ToString()),
                member.Id,
                silos,
                timeProvider)),
        ];
        return new Sequencer(
            network.Genesis,
            ports.Journal,
            shards,
            miners,
            observer,
            ports.Options,
            new P256VerifierCache(),
            timeProvider,
            loggers.CreateLogger<Sequencer>());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ordering begins anew from storage: {Reason}")]
    private partial void LogShardMoved(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ordering ends here: {Reason}")]
    private partial void LogFenced(string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Ordering has ended, and the process ends with it.")]
    private partial void LogBroken(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Ordering failed; it begins anew from storage.")]
    private partial void LogOrderingFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Silos came or went: shards move, and ordering begins anew from storage.")]
    private partial void LogMovingShards();

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} shards are not where they should be yet; they stay there until silos come or go.")]
    private partial void LogNotMoved(int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Not every shard could be asked to move; they stay where they are until silos come or go.")]
    private partial void LogUnreachable(Exception exception);
}
