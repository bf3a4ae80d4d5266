using System.Diagnostics.CodeAnalysis;
using Consortium.Consensus.Archiving;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Ledger;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Checkers;
using Consortium.Simulation.Engine;
using Consortium.Simulation.Faults;
using Consortium.Simulation.Storage;

namespace Consortium.Simulation.Cluster;

/// <summary>One activation of the sequencer on a silo: recovers, orders, and ends when it is fenced, asked to or killed.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as the run; nothing but memory is held.")]
internal sealed class ConsensusActivation : ILedgerObserver
{
    private readonly SimulatedCluster _cluster;
    private readonly CancellationTokenSource _stop = new();
    private readonly Archivist _archivist;
    private readonly SimulatedIndex _disk;
    private readonly ILedgerIndex _index;
    private readonly ISnapshotStore _snapshots;
    private readonly Sequencer _sequencer;
    private readonly Guid _id;

    public ConsensusActivation(SimulatedCluster cluster, SimulatedSilo silo, int number)
    {
        _cluster = cluster;
        (Silo, Process) = (silo, silo.Process);
        Name = $"consensus-{number}";
        Span<byte> id = stackalloc byte[16];
        cluster.Random.Fill(id);
        _id = new Guid(id);
        var logger = new EventLogger(cluster.Log, Name);
        var clock = Process.Clock;
        _disk = silo.OpenIndex();
        _index = cluster.Defect.Index(_disk, this);
        _snapshots = cluster.Defect.Snapshots(new SimulatedSnapshotStore(cluster.Snapshots, silo.OpenDisk()), this);
        _archivist = new Archivist(_index, _snapshots, cluster.Plan.Sequencer.StorageRetry, clock, logger);
        _sequencer = new Sequencer(
            cluster.Genesis,
            cluster.Defect.Journal(new SimulatedJournal(cluster.Journal, silo.OpenDisk()), this),
            [.. Enumerable.Range(0, cluster.Genesis.Shards).Select(Shard)],
            [.. cluster.Silos.Take(cluster.Genesis.Members.Count).Select(miner => new MinerProxy(cluster, Process, miner))],
            this,
            cluster.Plan.Sequencer,
            cluster.Signatures,
            clock,
            logger);
        _archivist.BlocksAdded += blocks => _sequencer.Recent.Forget(blocks[^1].Seal.Header.LastPosition);
    }

    public string Name { get; }

    public SimulatedSilo Silo { get; }

    /// <summary>The silo's process at the time; the silo may have another by now.</summary>
    public SimulatedProcess Process { get; }

    public SimulatedCluster Cluster => _cluster;

    public bool IsOrdering { get; private set; }

    public LedgerHead Now => _sequencer.Progress.Now;

    public MemorySizes Sizes => new(
        _sequencer.QueueLength,
        _sequencer.WindowLength,
        0,
        _sequencer.PendingBlocks,
        _archivist.Waiting,
        _cluster.Time.Waiting);

    public void Start() => Process.Start(RunAsync);

    /// <summary>Asks the activation to end; submissions under way are answered first.</summary>
    public void Stop() => Process.Post(_ => _stop.Cancel(), null);

    /// <summary>Orders transactions; every answer is an observation.</summary>
    public async Task<IReadOnlyList<OrderResult>> SubmitAsync(IReadOnlyList<Transaction> transactions)
    {
        var checkers = _cluster.Checkers;
        foreach (var transaction in transactions)
        {
            checkers.OnSubmitted(transaction.Id);
        }

        var results = IsOrdering
            ? await _cluster.Defect.AnswersAsync(_sequencer.SubmitAsync(transactions), this)
            : NotServing(transactions);
        foreach (var result in results)
        {
            if (result.Refused is { } refused)
            {
                checkers.OnRefused(result.Id, refused);
                _cluster.Totals.Refused++;
            }
            else
            {
                checkers.OnAcknowledged(result.Id, result.Position, result.Index);
            }
        }

        return results;
    }

    /// <summary>The holdings of an account after a sealed block, from the index of this silo; none when the index is not that far.</summary>
    public async Task<IReadOnlyList<IndexedHolding>?> HoldingsAtAsync(Ledger.Ids.AccountId account, ulong height) =>
        _index.Height >= height ? await _index.HoldingsAtAsync(account, height, CancellationToken.None) : null;

    public Task ReadyAsync() => _archivist.ReadyAsync();

    public void OnSealed(SealedBlock block)
    {
        _cluster.Checkers.OnBlock(block.Seal.Header.Height, block.Seal);
        _archivist.Add(block);
    }

    public void OnSnapshot(SnapshotExport snapshot) => _archivist.Add(snapshot);

    private static List<OrderResult> NotServing(IReadOnlyList<Transaction> transactions)
    {
        var refused = new Refused(Refusal.NotServing, "This activation does not order.");
        var results = new List<OrderResult>(transactions.Count);
        foreach (var transaction in transactions)
        {
            results.Add(OrderResult.Refuse(transaction.Id, refused));
        }

        return results;
    }

    private IStateShard Shard(int shard) => _cluster.Defect.Shard(new ShardProxy(_cluster, Process, shard), shard, this);

    private async Task RunAsync()
    {
        // Two archivists must not write one index.
        var before = Silo.IndexReleased;
        var released = new TaskCompletionSource();
        Silo.IndexReleased = released.Task;
        await before;
        var archiving = ArchiveAsync();
        try
        {
            _cluster.Log.Append(EventKind.Note, Name, "activated on " + Process.Name);
            if (_cluster.Happens(FaultKind.IndexLost, _cluster.IndexLostPerMillion))
            {
                _disk.Lose();
            }

            await _sequencer.StartAsync(_id, _snapshots, _index.Height, _stop.Token);
            _cluster.Checkers.OnRecovered(Name, Now.Position, Now.TimeMs, _sequencer.WindowLength);
            IsOrdering = true;
            _ = WatchAsync();
            await _sequencer.RunAsync(_stop.Token);
        }
        catch (Exception exception) when (exception
            is StorageException
            or JournalConflictException
            or ShardMovedException
            or OperationCanceledException
            or SimulatedTimeoutException)
        {
            _cluster.Log.Append(EventKind.Note, Name, "ended: " + exception.Message);
        }

        IsOrdering = false;
        _stop.Cancel();
        _archivist.Complete();
        await archiving;
        released.SetResult();
        _cluster.Log.Append(EventKind.Note, Name, "is over");
        _cluster.Directory.OnEnded(this);
    }

    private async Task ArchiveAsync() => await _archivist.RunAsync(CancellationToken.None);

    // Sees every progress that anyone could have seen.
    private async Task WatchAsync()
    {
        LedgerHead? last = null;
        while (IsOrdering)
        {
            var seen = last;
            try
            {
                last = await _sequencer.Progress.WaitAsync(now => now != seen, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            _cluster.Checkers.OnProgress(Name, _cluster.Defect.Progress(last, this));
        }
    }
}
