using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Consortium.Simulation.Checkers.Reference;
using Consortium.Simulation.Memory;

namespace Consortium.Simulation.Checkers;

/// <summary>All checkers over one replay: receives every observation of a run, and holds the findings.</summary>
/// <remarks>
/// Observations come in the order in which they happen: a journal entry when it is durable, a submission before it is
/// sent, an answer when it arrives. After the first finding everything is passed over.
/// </remarks>
internal sealed class CheckerSet
{
    private readonly Findings _findings;
    private readonly JournalChecker _journal;
    private readonly TimeChecker _time;
    private readonly ExactlyOnceChecker _exactlyOnce;
    private readonly OutcomeChecker _outcome;
    private readonly ChainChecker _chain;
    private readonly WorkChecker _work;
    private readonly FinalityChecker _finality;
    private readonly ReadChecker _read;
    private readonly QueryChecker _query;
    private readonly ShardChecker _shard;
    private readonly SnapshotChecker _snapshot;
    private readonly ExportChecker _export;
    private readonly NoStallChecker _noStall;
    private readonly MemoryChecker _memory;

    public CheckerSet(Genesis genesis, Findings findings, CheckerOptions options)
    {
        _findings = findings;
        Ledger = new ReferenceLedger(genesis, findings);
        _journal = new JournalChecker(Ledger, findings);
        _time = new TimeChecker(Ledger, findings);
        _exactlyOnce = new ExactlyOnceChecker(Ledger, findings);
        _outcome = new OutcomeChecker(findings);
        ZeroSum = new ZeroSumChecker(findings);
        Lots = new LotsChecker(Ledger, findings);
        _chain = new ChainChecker(findings);
        StateRoot = new StateRootChecker(Ledger, findings);
        _work = new WorkChecker(Ledger, options.SignatureFault, findings);
        _finality = new FinalityChecker(Ledger, findings);
        _read = new ReadChecker(Ledger, findings);
        _query = new QueryChecker(Ledger, findings);
        _shard = new ShardChecker(Ledger, findings);
        _snapshot = new SnapshotChecker(Ledger, findings);
        _export = new ExportChecker(Ledger, options.MakeVerifier, options.CheckBatch, findings);
        _noStall = new NoStallChecker(Ledger, options.AnswerWithin, options.SealWithin, findings);
        _memory = new MemoryChecker(options.Most, findings);
    }

    /// <summary>The checkers' names, in the order in which they look at an entry.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        JournalChecker.Name, TimeChecker.Name, ExactlyOnceChecker.Name, OutcomeChecker.Name, ZeroSumChecker.Name,
        LotsChecker.Name, ChainChecker.Name, StateRootChecker.Name, WorkChecker.Name, FinalityChecker.Name,
        ReadChecker.Name, QueryChecker.Name, ShardChecker.Name, SnapshotChecker.Name, ExportChecker.Name,
        NoStallChecker.Name, MemoryChecker.Name,
    ];

    /// <summary>The replay.</summary>
    public ReferenceLedger Ledger { get; }

    // The replay itself computes the values that these checkers watch, so no damaged journal can show that they work.
    internal ZeroSumChecker ZeroSum { get; }

    internal LotsChecker Lots { get; }

    internal StateRootChecker StateRoot { get; }

    private bool IsOver => _findings.First is not null;

    /// <inheritdoc cref="JournalChecker.OnEntry"/>
    public void OnEntry(JournalEntry entry)
    {
        if (IsOver)
        {
            return;
        }

        _journal.OnEntry(entry);
        if (IsOver)
        {
            return;
        }

        switch (entry.Kind)
        {
            case JournalEntryKind.Genesis:
            case JournalEntryKind.Activation:
                Ledger.Pass(entry);
                break;
            case JournalEntryKind.Batch:
                OnBatch(Ledger.AddBatch(entry));
                break;
            case JournalEntryKind.Seal:
                OnSeal(Ledger.AddSeal(entry));
                break;
        }
    }

    /// <inheritdoc cref="ExactlyOnceChecker.OnSubmitted"/>
    public void OnSubmitted(TransactionId id) => _exactlyOnce.OnSubmitted(id);

    /// <summary>A submission was answered with a place.</summary>
    public void OnAcknowledged(TransactionId id, ulong position, int index)
    {
        if (!IsOver)
        {
            _exactlyOnce.OnAcknowledged(id, position, index);
            _read.OnAcknowledged(position);
        }
    }

    /// <inheritdoc cref="ExactlyOnceChecker.OnRefused"/>
    public void OnRefused(TransactionId id, Refused refused)
    {
        if (!IsOver)
        {
            _exactlyOnce.OnRefused(id, refused);
        }
    }

    /// <inheritdoc cref="ExactlyOnceChecker.OnUnanswered"/>
    public void OnUnanswered(TransactionId id) => _exactlyOnce.OnUnanswered(id);

    /// <inheritdoc cref="ExactlyOnceChecker.OnRecovered"/>
    public void OnRecovered(string activation, ulong position, ulong timeMs, int remembered)
    {
        if (!IsOver)
        {
            _exactlyOnce.OnRecovered(activation, position, timeMs, remembered);
        }
    }

    /// <inheritdoc cref="FinalityChecker.OnProgress"/>
    public void OnProgress(string activation, LedgerHead now)
    {
        if (!IsOver)
        {
            _finality.OnProgress(activation, now);
        }
    }

    /// <inheritdoc cref="FinalityChecker.OnBlock"/>
    public void OnBlock(ulong height, BlockSeal seal)
    {
        if (!IsOver)
        {
            _finality.OnBlock(height, seal);
        }
    }

    /// <inheritdoc cref="ReadChecker.OnReadStarted"/>
    public ReadToken OnReadStarted() => _read.OnReadStarted();

    /// <inheritdoc cref="ReadChecker.OnRead"/>
    public void OnRead(ReadToken token, AccountId account, ulong position, IReadOnlyList<(StateKey Key, byte[] Value)> holdings)
    {
        if (!IsOver)
        {
            _read.OnRead(token, account, position, holdings);
        }
    }

    /// <inheritdoc cref="QueryChecker.OnHoldingsAt"/>
    public void OnHoldingsAt(AccountId account, ulong height, IReadOnlyList<IndexedHolding> rows)
    {
        if (!IsOver)
        {
            _query.OnHoldingsAt(account, height, rows);
        }
    }

    /// <inheritdoc cref="QueryChecker.OnPlaces"/>
    public void OnPlaces(TransactionId id, IReadOnlyList<(ulong Position, int Index)> candidates)
    {
        if (!IsOver)
        {
            _query.OnPlaces(id, candidates);
        }
    }

    /// <inheritdoc cref="QueryChecker.OnHeight"/>
    public void OnIndexHeight(ulong height)
    {
        if (!IsOver)
        {
            _query.OnHeight(height);
        }
    }

    /// <inheritdoc cref="ShardChecker.OnLive"/>
    public void OnShardLive(int shard, ulong position, IReadOnlyList<KeyValuePair<StateKey, byte[]>> live)
    {
        if (!IsOver)
        {
            _shard.OnLive(shard, position, live);
        }
    }

    /// <inheritdoc cref="ShardChecker.OnTree"/>
    public void OnShardTree(int shard, ulong height, Digest root, IEnumerable<ReadOnlyMemory<byte>> slices)
    {
        if (!IsOver)
        {
            _shard.OnTree(shard, height, root, slices);
        }
    }

    /// <inheritdoc cref="SnapshotChecker.OnSnapshot"/>
    public void OnSnapshot(Snapshot snapshot)
    {
        if (!IsOver)
        {
            _snapshot.OnSnapshot(snapshot);
        }
    }

    /// <inheritdoc cref="ExportChecker.OnExport"/>
    public void OnExport(ReadOnlyMemory<byte> export, ulong height)
    {
        if (!IsOver)
        {
            _export.OnExport(export, height);
        }
    }

    /// <inheritdoc cref="NoStallChecker.OnAsked"/>
    public long OnAsked(DateTimeOffset now, string what) => _noStall.OnAsked(now, what);

    /// <inheritdoc cref="NoStallChecker.OnAnswered"/>
    public void OnAnswered(long question) => _noStall.OnAnswered(question);

    /// <inheritdoc cref="NoStallChecker.OnFaultsStopped"/>
    public void OnFaultsStopped(DateTimeOffset now) => _noStall.OnFaultsStopped(now);

    /// <inheritdoc cref="NoStallChecker.OnFaultsStarted"/>
    public void OnFaultsStarted() => _noStall.OnFaultsStarted();

    /// <inheritdoc cref="NoStallChecker.OnTime"/>
    public void OnTime(DateTimeOffset now)
    {
        if (!IsOver)
        {
            _noStall.OnTime(now);
        }
    }

    /// <inheritdoc cref="MemoryChecker.OnSizes"/>
    public void OnSizes(string activation, MemorySizes sizes)
    {
        if (!IsOver)
        {
            _memory.OnSizes(activation, sizes);
        }
    }

    /// <inheritdoc cref="ExactlyOnceChecker.OnEnd"/>
    public void Finish(bool buried)
    {
        if (!IsOver)
        {
            _exactlyOnce.OnEnd(buried);
            StateRoot.OnEnd();
        }
    }

    private void OnBatch(ReplayedBatch? batch)
    {
        if (batch is not null)
        {
            _time.OnBatch(batch);
            _exactlyOnce.OnBatch(batch);
            _outcome.OnBatch(batch);
            ZeroSum.OnBatch(batch.Position, batch.Changes);
            Lots.OnBatch(batch.Position, batch.TimeMs, batch.Changes);
        }
    }

    private void OnSeal(ReplayedBlock? block)
    {
        if (block is not null)
        {
            _chain.OnSeal(block);
            _time.OnSeal(block);
            StateRoot.OnSeal(block);
            _work.OnSeal(block);
        }
    }
}
