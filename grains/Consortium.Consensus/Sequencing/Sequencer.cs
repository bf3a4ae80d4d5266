using System.Diagnostics;
using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Consortium.Consensus.Sequencing;

/// <summary>The consensus role: gives every transaction its place, executes it, makes it durable, and has blocks sealed.</summary>
/// <remarks>
/// <para>Lifecycle: construct; <see cref="StartAsync"/> recovers; <see cref="RunAsync"/> orders until it is cancelled or loses its right to.</para>
/// <para>
/// One batch at a time: order, gather, execute, append, scatter, acknowledge. The append to the journal is the line after
/// which a transaction cannot be taken back.
/// </para>
/// <para>Submitting is safe from any thread; everything else happens on the task that runs <see cref="RunAsync"/>.</para>
/// </remarks>
public sealed partial class Sequencer
{
    // A timer counts whole milliseconds; a shorter pause would be none.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly LedgerCore _core;
    private readonly IJournal _journal;
    private readonly JournalWriter _writer;
    private readonly IReadOnlyList<IMiner> _miners;
    private readonly ILedgerObserver _observer;
    private readonly SequencerOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly Signal _wake = new();
    private readonly SubmissionQueue _queue;
    private readonly BlockSealer _sealer;
    private readonly List<QueuedTransaction> _expiring = [];
    private ulong _position;
    private ulong _durableTimeMs;
    private long _sinceSnapshot;
    private long _journalBytesSinceSnapshot;
    private SnapshotExport? _snapshot;
    private long? _lastCut;
    private Activity? _blockSpan;

    /// <summary>Makes a sequencer over ports.</summary>
    /// <param name="genesis">The network's genesis.</param>
    /// <param name="journal">The journal.</param>
    /// <param name="shards">One shard per the genesis' shard count, in order.</param>
    /// <param name="miners">Miners that are asked to seal; none leaves blocks unsealed.</param>
    /// <param name="observer">Receives sealed blocks and snapshots.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="verifier">Checks the signatures of producers.</param>
    /// <param name="timeProvider">The only clock, which tests and the simulator replace.</param>
    /// <param name="logger">The log of this class.</param>
    public Sequencer(
        Genesis genesis,
        IJournal journal,
        IReadOnlyList<IStateShard> shards,
        IReadOnlyList<IMiner> miners,
        ILedgerObserver observer,
        SequencerOptions options,
        ISignatureVerifier verifier,
        TimeProvider timeProvider,
        ILogger logger)
    {
        _core = new LedgerCore(genesis, shards, options, timeProvider, logger);
        _journal = journal;
        _writer = new JournalWriter(journal, options.StorageRetry, timeProvider, logger);
        _miners = miners;
        _observer = observer;
        _options = options;
        _timeProvider = timeProvider;
        _logger = logger;
        _queue = new SubmissionQueue(options.QueueTransactionsMax, _wake);
        _sealer = new BlockSealer(genesis, miners, verifier, timeProvider, options.StorageRetry, _wake, logger);
    }

    /// <summary>The positions and heights that the ledger has reached, for callers that wait for them.</summary>
    public LedgerProgress Progress { get; } = new();

    /// <summary>The latest batches; the host calls <see cref="RecentBatches.Forget"/> as the ledger index takes them over.</summary>
    public RecentBatches Recent { get; } = new();

    /// <summary>Journal position of the entry that began this activation; 0 until it has recovered.</summary>
    public ulong Activation => _core.Activation;

    /// <summary>Transactions that wait to be ordered.</summary>
    public int QueueLength => _queue.Length;

    /// <summary>Transactions that the duplicate window remembers.</summary>
    internal int WindowLength => _core.Window.Count;

    /// <summary>Sealed blocks that are not final.</summary>
    internal int PendingBlocks => _core.Finality.Pending.Count;

    /// <summary>The roots of all shards at a recent cut.</summary>
    /// <param name="height">The block.</param>
    /// <returns>One root per shard, or <see langword="null"/> when the cut is long ago or to come.</returns>
    public IReadOnlyList<Digest>? ShardRootsAt(ulong height) => _core.ShardRootsAt(height);

    /// <summary>Recovers from storage.</summary>
    /// <param name="activation">Names this activation; no two are the same, in any process.</param>
    /// <param name="snapshots">The store of snapshots.</param>
    /// <param name="indexHeight">The last block that the ledger index has; snapshots above it are not used.</param>
    /// <param name="cancellationToken">Stops recovering.</param>
    /// <returns>A task that completes when ordering can begin.</returns>
    /// <exception cref="StorageException">Storage cannot be read, or belongs to another network.</exception>
    public async Task StartAsync(Guid activation, ISnapshotStore snapshots, ulong indexHeight, CancellationToken cancellationToken)
    {
        using var unrecorded = ConsensusInstruments.SuppressTracing();
        var began = _timeProvider.GetTimestamp();
        var recovery = new Recovery(_core, _journal, snapshots, indexHeight, _observer, Recent, _writer);
        (_position, _sinceSnapshot) = await recovery.RunAsync(activation, cancellationToken);
        _durableTimeMs = _core.TimeMs;
        PublishSealed();
        Progress.Advance(head => head with { Position = _position, TimeMs = _core.TimeMs });
        ConsensusInstruments.Activations.Add(1);
        LogRecovered(_position, _core.TipHeight, _sinceSnapshot, _timeProvider.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>Queues transactions and waits for their answers.</summary>
    /// <param name="transactions">Checked transactions; the caller waits for all of them together.</param>
    /// <returns>One answer per transaction, in their order, once every one is durable or refused.</returns>
    public Task<IReadOnlyList<OrderResult>> SubmitAsync(IReadOnlyList<Transaction> transactions) => SubmitAsync(transactions, callers: []);

    /// <summary>Queues transactions of several callers and waits for their answers.</summary>
    /// <param name="transactions">Checked transactions; the callers wait for all of them together.</param>
    /// <param name="callers">The span of each caller that has one; none stands for the current span.</param>
    /// <returns>One answer per transaction, in their order, once every one is durable or refused.</returns>
    public Task<IReadOnlyList<OrderResult>> SubmitAsync(IReadOnlyList<Transaction> transactions, IReadOnlyList<ActivityContext> callers)
    {
        var submission = new Submission(transactions, _timeProvider, StartOrderSpans(transactions.Count, callers));
        var refused = transactions.Count == 0 ? null : RefuseIfIndexLags() ?? _queue.TryAdd(submission);
        if (refused is not null)
        {
            submission.EndSpans();
            ConsensusInstruments.Refused.Add(transactions.Count, new KeyValuePair<string, object?>("code", refused.Code.ToString()));
            return Task.FromResult<IReadOnlyList<OrderResult>>(
                [.. transactions.Select(transaction => OrderResult.Refuse(transaction.Id, refused))]);
        }

        return transactions.Count == 0 ? Task.FromResult<IReadOnlyList<OrderResult>>([]) : submission.Done;
    }

    /// <summary>Orders until cancelled; then answers what is still queued as refused.</summary>
    /// <param name="cancellationToken">Ends ordering after the batch in hand.</param>
    /// <returns>A task that completes when ordering has ended.</returns>
    /// <exception cref="JournalConflictException">Another process orders now.</exception>
    /// <exception cref="ShardMovedException">A shard restarted, or another activation has it.</exception>
    /// <exception cref="InvariantBrokenException">The code is wrong.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Spans of this activation do not belong to the trace of the call that began it.
        Activity.Current = null;
        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var stop = cancellationToken.UnsafeRegister(static wake => ((Signal)wake!).Set(), _wake);
        await using var timer = _timeProvider.CreateTimer(
            static wake => ((Signal)wake!).Set(),
            _wake,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await StepAsync(timer, running.Token);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            var stopped = new Refused(Refusal.NotServing, "This node has stopped ordering transactions.");
            _queue.Close(stopped);
            _expiring.ForEach(item => item.Answer(stopped));
            running.Cancel();
            await _sealer.StopAsync();
            ConsensusInstruments.EndDetached(_blockSpan);
        }
    }

    private static List<Activity> StartOrderSpans(int transactions, IReadOnlyList<ActivityContext> callers)
    {
        if (transactions == 0 || !ConsensusInstruments.Source.HasListeners())
        {
            return [];
        }

        IReadOnlyList<ActivityContext> parents = callers.Count > 0 ? callers : [default];
        return
        [
            .. parents
                .Select(parent => ConsensusInstruments.StartDetached("order", parent)?.SetTag("consortium.transactions", transactions))
                .OfType<Activity>(),
        ];
    }

    private bool MayCut => _sealer.IsIdle && _miners.Count > 0;

    private async Task StepAsync(ITimer timer, CancellationToken cancellationToken)
    {
        if (await _sealer.TryTakeAsync() is { } sealedCut)
        {
            await AppendSealAsync(sealedCut, cancellationToken);
        }

        if (MayCut && _observer.ReadyAsync().IsCompleted && UntilCut() <= TimeSpan.Zero)
        {
            CutBlock(cancellationToken);
        }

        var items = _queue.Take(_options.BatchTransactionsMax);
        if (items.Count > 0)
        {
            await OrderAsync(items, cancellationToken);
            return;
        }

        SetTimer(timer);
        await _wake.WaitAsync();
    }

    // What comes, a seal that is done and the end of the node wake by themselves; the next cut needs a clock.
    private void SetTimer(ITimer timer)
    {
        if (!MayCut)
        {
            return;
        }

        var untilCut = UntilCut();
        if (untilCut > TimeSpan.Zero)
        {
            timer.Change(untilCut < Tick ? Tick : untilCut, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _ = _wake.SetAfterAsync(_observer.ReadyAsync());
        }
    }

    private async Task OrderAsync(IReadOnlyList<QueuedTransaction> items, CancellationToken cancellationToken)
    {
        var timeMs = Math.Max(_core.TimeMs, (ulong)NowMs());
        var batch = new List<QueuedTransaction>(items.Count);
        var repeated = new List<QueuedTransaction>();
        Admit(items, timeMs, batch, repeated);
        try
        {
            if (batch.Count > 0)
            {
                ConsensusInstruments.BatchSize.Record(batch.Count);
                using var span = StartBatchSpan(batch);
                await OrderBatchAsync(batch, timeMs, cancellationToken);
            }

            await AnswerRepeatedAsync(repeated, cancellationToken);
        }
        catch
        {
            // Ordering ends with this; nobody may be left waiting for an answer.
            var refused = new Refused(
                Refusal.NotServing,
                "This node stopped before it could say whether the transaction was ordered.");
            foreach (var item in batch.Concat(repeated))
            {
                item.Answer(refused);
            }

            throw;
        }
    }

    // A batch serves many submissions, so its span is a child of none of them: links connect the two.
    private Activity? StartBatchSpan(List<QueuedTransaction> batch)
    {
        if (BlockSpan is not { } block)
        {
            return null;
        }

        var orders = batch.Select(item => item.Submission).Distinct().SelectMany(submission => submission.Spans).ToList();
        var span = ConsensusInstruments.Source.StartActivity(
            "batch",
            ActivityKind.Internal,
            block.Context,
            [new("consortium.batch.size", batch.Count), new("consortium.journal.position", (long)_position + 1)],
            orders.Select(order => new ActivityLink(order.Context)));
        if (span is not null)
        {
            orders.ForEach(order => order.AddLink(new ActivityLink(span.Context)));
        }

        return span;
    }

    // Begins with the block's first batch, or with its cut; ends when its seal is in the journal.
    private Activity? BlockSpan => _blockSpan ??= ConsensusInstruments.StartDetached("block", parent: default)
        ?.SetTag("consortium.block.height", (long)(_sealer.IsIdle ? _core.TipHeight + 1 : _core.TipHeight + 2));

    // Duplicates are answered before validity is checked: a transaction keeps its first outcome even after it has expired.
    private void Admit(
        IReadOnlyList<QueuedTransaction> items,
        ulong timeMs,
        List<QueuedTransaction> batch,
        List<QueuedTransaction> repeated)
    {
        var inBatch = new HashSet<Ledger.Ids.TransactionId>(items.Count);
        foreach (var item in items)
        {
            var transaction = item.Transaction;
            if (_core.Window.TryFind(transaction.Id, out _) || inBatch.Contains(transaction.Id))
            {
                repeated.Add(item);
            }
            else if (ValidityRules.Check(transaction.ValidUntilMs, timeMs, _core.Genesis.ValidityMaxMs) is { } refused)
            {
                Refuse(item, refused);
            }
            else
            {
                inBatch.Add(transaction.Id);
                batch.Add(item);
            }
        }
    }

    // Expired means that no copy will ever be ordered. This clock may be ahead of the next activation's, so that is true only
    // once the journal has a time that says so; without miners none would come, and nobody to take over either.
    private void Refuse(QueuedTransaction item, Refused refused)
    {
        if (refused.Code == Refusal.Expired && item.Transaction.ValidUntilMs > _durableTimeMs && _miners.Count > 0)
        {
            if (_expiring.Count < _options.QueueTransactionsMax)
            {
                _expiring.Add(item);
                return;
            }

            refused = new Refused(Refusal.Overloaded, "Too many transactions wait to be refused as expired. This one was not ordered.");
        }

        ConsensusInstruments.Refused.Add(1, new KeyValuePair<string, object?>("code", refused.Code.ToString()));
        item.Answer(refused);
    }

    private void AdvanceDurableTime(ulong timeMs)
    {
        _durableTimeMs = timeMs;
        _expiring.RemoveAll(item =>
        {
            // A copy may have been ordered meanwhile, when this clock was set back.
            if (_core.Window.TryFind(item.Transaction.Id, out var place))
            {
                AnswerAgain(item, place);
                return true;
            }

            var refused = ValidityRules.Check(item.Transaction.ValidUntilMs, timeMs, _core.Genesis.ValidityMaxMs);
            if (refused is not { Code: Refusal.Expired })
            {
                return false;
            }

            Refuse(item, refused);
            return true;
        });
    }

    private async Task AnswerRepeatedAsync(List<QueuedTransaction> repeated, CancellationToken cancellationToken)
    {
        var again = new List<QueuedTransaction>();
        foreach (var item in repeated)
        {
            if (_core.Window.TryFind(item.Transaction.Id, out var place))
            {
                AnswerAgain(item, place);
            }
            else
            {
                again.Add(item);
            }
        }

        // The first copy was refused, perhaps for want of signatures that this copy carries: this one is executed by itself.
        if (again.Count > 0)
        {
            await OrderAsync(again, cancellationToken);
        }
    }

    private void AnswerAgain(QueuedTransaction item, (ulong Position, int Index) place) =>
        item.Answer(place.Position, place.Index, duplicate: true, Recent.TryRead(place.Position, place.Index));

    private async Task OrderBatchAsync(List<QueuedTransaction> batch, ulong timeMs, CancellationToken cancellationToken)
    {
        var position = _position + 1;
        List<ExecutedTransaction> executed;
        try
        {
            executed = await _core.ExecuteAsync(
                [.. batch.Select(item => item.Transaction)],
                timeMs,
                cancellationToken);
        }
        catch (StorageException exception)
        {
            // A shard could not answer: nothing was written, so nothing happened.
            LogBatchRefused(exception, position);
            Refuse(batch);
            return;
        }

        RefuseUnauthorised(batch, executed);
        if (batch.Count == 0)
        {
            return;
        }

        var bytes = Encode(position, timeMs, executed);
        if (!await _writer.TryAppendAsync(new JournalEntry(position, JournalEntryKind.Batch, bytes), cancellationToken))
        {
            Refuse(batch);
            return;
        }

        using (ConsensusInstruments.Start("scatter", _timeProvider))
        {
            await _core.CommitAsync(position, timeMs, executed, cancellationToken);
        }

        _position = position;
        _sinceSnapshot += batch.Count;
        _journalBytesSinceSnapshot += bytes.Length;
        CountOrdered(executed);
        var ordered = new OrderedBatch(position, timeMs, executed);
        Recent.Add(ordered);
        AdvanceDurableTime(timeMs);
        Progress.Advance(head => head with { Position = position, TimeMs = timeMs });
        for (var i = 0; i < batch.Count; i++)
        {
            batch[i].Answer(position, i, duplicate: false, ordered);
        }
    }

    // They changed nothing, and unrecorded they cost nobody anything: neither the journal's space nor the id.
    private static void RefuseUnauthorised(List<QueuedTransaction> batch, List<ExecutedTransaction> executed)
    {
        if (executed.TrueForAll(result => result.IsAuthorised))
        {
            return;
        }

        for (var i = 0; i < batch.Count; i++)
        {
            if (executed[i].ToRefused() is { } refused)
            {
                ConsensusInstruments.Refused.Add(1, new KeyValuePair<string, object?>("code", refused.Code.ToString()));
                batch[i].Answer(refused);
            }
        }

        var kept = Enumerable.Range(0, batch.Count).Where(i => executed[i].IsAuthorised).ToList();
        var (keptBatch, keptExecuted) = (kept.ConvertAll(i => batch[i]), kept.ConvertAll(i => executed[i]));
        batch.Clear();
        batch.AddRange(keptBatch);
        executed.Clear();
        executed.AddRange(keptExecuted);
    }

    private void Refuse(List<QueuedTransaction> batch)
    {
        _core.Abandon();
        foreach (var item in batch)
        {
            item.Answer(NotWritten());
        }
    }

    private static Refused NotWritten() => new(
        Refusal.StorageUnavailable,
        "The journal could not be written, so the transaction was not ordered.");

    private static byte[] Encode(ulong position, ulong timeMs, IReadOnlyList<ExecutedTransaction> executed)
    {
        var message = new Ledger.Wire.Batch { Position = position, TimeMs = timeMs };
        foreach (var result in executed)
        {
            message.Transactions.Add(UnsafeByteOperations.UnsafeWrap(result.Transaction.SignedBytes));
            message.Outcomes.Add(result.ToOutcome());
        }

        return message.ToByteArray();
    }

    private void CutBlock(CancellationToken cancellationToken)
    {
        var span = BlockSpan;
        _blockSpan = null;
        using var step = ConsensusInstruments.Start("cut", _timeProvider, span);
        var timeMs = Math.Max(_core.TimeMs, (ulong)NowMs());
        var takesSnapshot = IsSnapshotDue;
        if (takesSnapshot)
        {
            (_sinceSnapshot, _journalBytesSinceSnapshot) = (0, 0);
        }

        var cut = _core.Cut(timeMs, takesSnapshot, cancellationToken) with { Span = span };
        _lastCut = _timeProvider.GetTimestamp();
        _sealer.Start(cut, cancellationToken);
    }

    // A large state is written less often, so that snapshots never cost more than twice what the journal does; and the shards hold the
    // state of one cut only, so that a snapshot that storage takes long over is not given up for the next.
    private bool IsSnapshotDue => _sinceSnapshot >= _options.SnapshotTransactions
        && _snapshot is null or { IsOver: true }
        && _journalBytesSinceSnapshot >= (_snapshot?.Bytes ?? 0) / 2;

    // Measured by the clock that cannot be set: a wall clock that is turned back would delay the next block by as much.
    private TimeSpan UntilCut() => _lastCut is { } cut
        ? TimeSpan.FromMilliseconds((long)_core.Genesis.BlockIntervalMs * _options.CutPercent / 100) - _timeProvider.GetElapsedTime(cut)
        : TimeSpan.Zero;

    private async Task AppendSealAsync(SealedCut sealedCut, CancellationToken cancellationToken)
    {
        var (cut, seal) = sealedCut;
        Activity.Current = cut.Span;
        var position = _position + 1;
        while (!await _writer.TryAppendAsync(new JournalEntry(position, JournalEntryKind.Seal, seal.ToArray()), cancellationToken))
        {
            await Task.Delay(_options.StorageRetry, _timeProvider, cancellationToken);
        }

        _position = position;
        var finalBefore = _core.Finality.Final?.Height ?? 0;
        _core.Advance(seal.Header);
        if (_core.Finality.Final is { } final && final.Height > finalBefore)
        {
            ConsensusInstruments.FinalityLagSeconds.Record((NowMs() - (long)final.TimeMs) / 1000.0);
        }

        AdvanceDurableTime(Math.Max(_durableTimeMs, seal.Header.TimeMs));
        _observer.OnSealed(cut.Seal(seal, position));
        ConsensusInstruments.EndDetached(cut.Span);
        PublishSealed();
        Progress.Advance(head => head with { Position = position });
        if (cut.Window is { } window)
        {
            var finality = _core.Finality;
            var manifest = new SnapshotManifest(
                seal, position, finality.TotalWork, finality.Final, [.. finality.Pending], window.Count);
            _snapshot = new SnapshotExport(_core, manifest, window, _timeProvider);
            _observer.OnSnapshot(_snapshot);
        }
    }

    private void PublishSealed()
    {
        var final = _core.Finality.Final;
        var newest = _core.Finality.Pending.Count > 0 ? _core.Finality.Pending[^1] : final;
        Progress.Advance(head => head with
        {
            SealedHeight = _core.TipHeight,
            SealedPosition = newest?.LastPosition ?? 0,
            FinalHeight = final?.Height ?? 0,
            FinalPosition = final?.LastPosition ?? 0,
        });
    }

    private static void CountOrdered(List<ExecutedTransaction> executed)
    {
        var accepted = executed.Count(result => result.Accepted);
        ConsensusInstruments.Ordered.Add(accepted, new KeyValuePair<string, object?>("outcome", "accepted"));
        ConsensusInstruments.Ordered.Add(executed.Count - accepted, new KeyValuePair<string, object?>("outcome", "rejected"));
    }

    private Refused? RefuseIfIndexLags() => _observer.ReadyAsync().IsCompleted
        ? null
        : new Refused(
            Refusal.StorageUnavailable,
            "The ledger index cannot be written and is too far behind. Nothing of this request was ordered; send it again later.");

    private long NowMs() => _timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
}
