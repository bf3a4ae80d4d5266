using System.Collections.Concurrent;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Shards;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Execution;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;
using Microsoft.Extensions.Logging;

namespace Consortium.Consensus.Sequencing;

/// <summary>
/// The one place where transactions are executed: the state view over the shards, the open block, the duplicate window and the tip
/// of the chain. Recovery and ordering both go through it, so a restart does exactly what was done before.
/// </summary>
internal sealed partial class LedgerCore
{
    private const int RememberedRoots = 64;

    private readonly IReadOnlyList<IStateShard> _shards;
    private readonly SequencerOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly StateView _view;
    private readonly Executor _executor;
    private readonly GatheringExecutor _gathering;
    private readonly ulong[] _shardPositions;
    private readonly Dictionary<int, PendingWrites> _pending = [];
    private readonly ConcurrentDictionary<ulong, Digest[]> _shardRoots = new();
    private OpenBlock _open = new();
    private Epoch _epoch;

    public LedgerCore(
        Genesis genesis,
        IReadOnlyList<IStateShard> shards,
        SequencerOptions options,
        TimeProvider timeProvider,
        ILogger logger)
    {
        Invariant.Holds(shards.Count == genesis.Shards);
        Genesis = genesis;
        _shards = shards;
        _options = options;
        _timeProvider = timeProvider;
        _logger = logger;
        _view = new StateView(options.CachedValues);
        _executor = new Executor(_view);
        _gathering = new GatheringExecutor(_executor, _view, GatherAsync);
        _shardPositions = new ulong[shards.Count];
        Finality = new FinalityTracker(genesis.FinalityBlocks);
        TipHash = genesis.Network;
        TipTimeMs = genesis.TimeMs;
        TimeMs = genesis.TimeMs;
    }

    public Genesis Genesis { get; }

    public DuplicateWindow Window { get; } = new();

    public FinalityTracker Finality { get; }

    /// <summary>Journal position at which the activation that has the shards began.</summary>
    public ulong Activation => _epoch.Activation;

    /// <summary>The last batch time or cut: time never goes back behind it.</summary>
    public ulong TimeMs { get; private set; }

    /// <summary>Values that <see cref="Add"/> has taken in and shards do not have yet.</summary>
    public int PendingValues => _pending.Values.Sum(writes => writes.Values.Count);

    /// <summary>Journal position of the last batch.</summary>
    public ulong BatchPosition { get; private set; }

    /// <summary>Height of the last sealed block.</summary>
    public ulong TipHeight { get; private set; }

    public Digest TipHash { get; private set; }

    public ulong TipTimeMs { get; private set; }

    /// <summary>The shards' roots at a recent cut; <see langword="null"/> when it is older than those kept, or was not made yet.</summary>
    public IReadOnlyList<Digest>? ShardRootsAt(ulong height) => _shardRoots.GetValueOrDefault(height);

    /// <summary>Gathers what the transactions read and executes them in order.</summary>
    public async ValueTask<List<ExecutedTransaction>> ExecuteAsync(
        IReadOnlyList<Transaction> transactions,
        ulong timeMs,
        CancellationToken cancellationToken)
    {
        using (ConsensusInstruments.Start("gather", _timeProvider))
        {
            var reads = new List<StateKey>(transactions.Count * 6);
            foreach (var transaction in transactions)
            {
                Executor.DeclareReads(transaction, reads);
            }

            await GatherAsync(reads, cancellationToken);
        }

        using var step = ConsensusInstruments.Start("execute", _timeProvider);
        var executed = new List<ExecutedTransaction>(transactions.Count);
        foreach (var transaction in transactions)
        {
            executed.Add(await _gathering.ExecuteAsync(transaction, timeMs, cancellationToken));
        }

        return executed;
    }

    /// <summary>Undoes the execution of a batch that was not written to the journal; the shards still have the state before it.</summary>
    public void Abandon()
    {
        _executor.TakeWritten();
        _view.Clear();
    }

    /// <summary>Adds a durable batch to the open block and sends its changes to the shards.</summary>
    public ValueTask CommitAsync(
        ulong position,
        ulong timeMs,
        IReadOnlyList<ExecutedTransaction> executed,
        CancellationToken cancellationToken)
    {
        Add(position, timeMs, executed);
        return ScatterAsync(cancellationToken);
    }

    /// <summary>Adds a durable batch to the open block; the shards have what it changed after <see cref="ScatterAsync(CancellationToken)"/>, which must come before a cut.</summary>
    public void Add(ulong position, ulong timeMs, IReadOnlyList<ExecutedTransaction> executed)
    {
        var changes = _executor.TakeWritten();
        _open.Add(position, timeMs, executed, changes);
        for (var i = 0; i < executed.Count; i++)
        {
            Window.Add(executed[i].Transaction.Id, executed[i].Transaction.ValidUntilMs, position, i);
        }

        (BatchPosition, TimeMs) = (position, timeMs);
        foreach (var change in changes)
        {
            var shard = change.Key.Shard(Genesis.ShardCount);
            if (!_pending.TryGetValue(shard, out var writes))
            {
                _pending[shard] = writes = new PendingWrites();
            }

            writes.Position = position;
            writes.Values[change.Key] = change.Value;
        }
    }

    /// <summary>Sends each shard the changes that batches made to it since the last call.</summary>
    public async ValueTask ScatterAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_pending.Select(pair => ApplyAsync(pair.Key, pair.Value, cancellationToken)));
        _pending.Clear();

        // Trimmed only now: until the shards have the changes, the view holds the only copy of them.
        _view.Trim();
    }

    /// <summary>Cuts a block from the batches since the last cut.</summary>
    /// <param name="timeMs">Time of the cut; not before the last batch.</param>
    /// <param name="takesSnapshot">Whether the shards and the duplicate window take hold of what they are now, for a snapshot.</param>
    /// <param name="cancellationToken">Stops waiting for the shards.</param>
    public CutBlock Cut(ulong timeMs, bool takesSnapshot, CancellationToken cancellationToken)
    {
        Invariant.Holds(timeMs >= TimeMs && _pending.Count == 0);
        TimeMs = timeMs;
        var block = _open;
        _open = new OpenBlock();
        Window.Cut(timeMs);
        var template = new BlockHeader(
            Genesis.Network,
            TipHeight + 1,
            TipHash,
            block.Leaves.TransactionsRoot,
            block.Leaves.ReceiptsRoot,
            default,
            timeMs,
            BatchPosition,
            (uint)block.Leaves.Count,
            default,
            ChainRules.NextTarget(Genesis, TipHeight, TipTimeMs),
            Nonce: 0);
        return new CutBlock(
            template,
            RootsAsync(TipHeight + 1, [.. _shardPositions], takesSnapshot, cancellationToken),
            block.Transactions,
            block.Changes,
            takesSnapshot ? Window.BeginExport() : null);
    }

    /// <summary>Puts a sealed block on top of the chain.</summary>
    public void Advance(BlockHeader header)
    {
        Invariant.Holds(header.Height == TipHeight + 1 && header.Previous == TipHash);
        (TipHeight, TipHash, TipTimeMs) = (header.Height, header.Hash, header.TimeMs);
        Finality.Add(BuriedBlock.From(header));
    }

    /// <summary>Claims the shards for an activation, which began at a journal position.</summary>
    public void Activate(ulong position) => _epoch = new Epoch(position, 0);

    /// <summary>Begins with the genesis state.</summary>
    public async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        BeginAttempt();
        var entries = Genesis.InitialState()
            .Select(change => (change.Key, Bytes: (Key: change.Key.ToArray(), Value: change.Value.Encode())))
            .ToLookup(entry => entry.Key.Shard(Genesis.ShardCount), entry => entry.Bytes);
        await Task.WhenAll(_shards.Select((shard, number) => shard
            .RestoreAsync(_epoch, slice: 0, ShardSlice.Write([.. entries[number]]), cancellationToken)
            .AsTask()));
        var roots = await EndRestoreAsync(height: 0, position: 0, cancellationToken);
        Invariant.Holds(roots.All(root => root is not null));
    }

    /// <summary>Begins with a snapshot, if its state has the root that its block was sealed with.</summary>
    public async ValueTask<bool> TryRestoreAsync(IStoredSnapshot snapshot, SnapshotManifest manifest, CancellationToken cancellationToken)
    {
        var header = manifest.Seal.Header;
        if (header.Height != snapshot.Height)
        {
            return false;
        }

        BeginAttempt();
        var restoring = new RestoringShards(_shards, _epoch);
        var isWhole = await TryTakeInAsync(snapshot, restoring, cancellationToken);
        await restoring.EndAsync(cancellationToken);
        if (!isWhole || Window.Count != manifest.WindowCount)
        {
            return false;
        }

        var roots = await EndRestoreAsync(header.Height, header.LastPosition, cancellationToken);
        if (roots.Any(root => root is null) || ChainRules.StateRoot([.. roots.Select(root => root!.Value)]) != header.StateRoot)
        {
            return false;
        }

        Window.Cut(header.TimeMs);
        _shardRoots[header.Height] = [.. roots.Select(root => root!.Value)];
        Array.Fill(_shardPositions, header.LastPosition);
        Finality.Restore(manifest.TotalWork, manifest.Final, manifest.Pending);
        (TipHeight, TipHash, TipTimeMs) = (header.Height, header.Hash, header.TimeMs);
        (BatchPosition, TimeMs) = (header.LastPosition, header.TimeMs);
        return true;
    }

    /// <summary>Opens the shards to readers, once the whole journal is executed.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_shards.Select(shard => shard.OpenAsync(_epoch, cancellationToken).AsTask()));

    /// <summary>Reads a slice of a shard's state as of a cut that was kept for a snapshot.</summary>
    public ValueTask<byte[]?> ExportAsync(int shard, ulong height, int slice, CancellationToken cancellationToken) =>
        _shards[shard].ExportAsync(_epoch, height, slice, cancellationToken);

    // Of a snapshot that turned out damaged nothing may stay, neither in the shards nor here.
    private void BeginAttempt()
    {
        _epoch = _epoch with { Attempt = _epoch.Attempt + 1 };
        Window.Clear();
    }

    private async ValueTask<bool> TryTakeInAsync(IStoredSnapshot snapshot, RestoringShards restoring, CancellationToken cancellationToken)
    {
        for (var part = 0; part < snapshot.PartCount; part++)
        {
            if (await snapshot.ReadAsync(part, cancellationToken) is not { } bytes || !SnapshotSection.TryReadAll(bytes, out var sections))
            {
                return false;
            }

            foreach (var section in sections)
            {
                var isTaken = section.Owner switch
                {
                    SnapshotSection.Manifest => true,
                    SnapshotSection.Window => WindowSlice.TryRead(section.Bytes.Span, out var entries) && Window.TryRestore(entries),
                    _ => await restoring.TryAddAsync(section.Owner, section.Bytes, cancellationToken),
                };
                if (!isTaken)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private Task<Digest?[]> EndRestoreAsync(ulong height, ulong position, CancellationToken cancellationToken) =>
        Task.WhenAll(_shards.Select(shard => shard.EndRestoreAsync(_epoch, height, position, cancellationToken).AsTask()));

    private async Task<Digest[]> RootsAsync(ulong height, ulong[] positions, bool takesSnapshot, CancellationToken cancellationToken)
    {
        var roots = await Task.WhenAll(_shards.Select((shard, index) => PersistAsync(
            async () => await shard.CutAsync(_epoch, height, positions[index], takesSnapshot, cancellationToken),
            cancellationToken)));
        _shardRoots[height] = roots;
        if (height > RememberedRoots)
        {
            _shardRoots.TryRemove(height - RememberedRoots, out _);
        }

        return roots;
    }

    private async ValueTask GatherAsync(IReadOnlyList<StateKey> keys, CancellationToken cancellationToken)
    {
        var byShard = new Dictionary<int, List<StateKey>>();
        foreach (var key in keys)
        {
            if (_view.Knows(key))
            {
                continue;
            }

            // Known as absent until its shard answers, so that a key named twice is asked for once.
            _view.Set(key, null);
            var shard = key.Shard(Genesis.ShardCount);
            if (!byShard.TryGetValue(shard, out var wanted))
            {
                byShard[shard] = wanted = [];
            }

            wanted.Add(key);
        }

        try
        {
            // All are asked at the same time: a shard on another silo is a round trip away.
            var asked = byShard
                .Select(pair => (Wanted: pair.Value, Values: GatherAsync(pair.Key, pair.Value, cancellationToken)))
                .ToList();
            await Task.WhenAll(asked.Select(gather => gather.Values));
            foreach (var (wanted, values) in asked)
            {
                ConsensusInstruments.GatherMisses.Add(wanted.Count);
                var found = await values;
                for (var i = 0; i < wanted.Count; i++)
                {
                    _view.Set(wanted[i], Decode(wanted[i], found[i]));
                }
            }
        }
        catch
        {
            // A key that was not answered must not stay known as absent.
            _view.Clear();
            throw;
        }
    }

    private async Task<IReadOnlyList<byte[]?>> GatherAsync(int shard, IReadOnlyList<StateKey> keys, CancellationToken cancellationToken)
    {
        using var span = ConsensusInstruments.StartShard("gather shard", shard);
        return await _shards[shard].GatherAsync(_epoch, keys, cancellationToken);
    }

    private static StateValue? Decode(StateKey key, byte[]? bytes)
    {
        if (bytes is null)
        {
            return null;
        }

        var value = StateValue.Decode(key.Kind, bytes);
        Invariant.Holds(value is not null);
        return value;
    }

    private async Task ApplyAsync(int shard, PendingWrites pending, CancellationToken cancellationToken)
    {
        using var span = ConsensusInstruments.StartShard("scatter shard", shard);
        var values = pending.Values.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Encode())).ToList();
        var writes = new ShardWrites(_shardPositions[shard], pending.Position, values);
        await PersistAsync(
            async () =>
            {
                await _shards[shard].ApplyAsync(_epoch, writes, cancellationToken);
                return true;
            },
            cancellationToken);
        _shardPositions[shard] = pending.Position;
    }

    // An entry in the journal has happened, so the shards must have it: a shard that cannot be reached is asked until it answers.
    private async Task<T> PersistAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (StorageException exception)
            {
                LogShardUnreachable(exception);
                await Task.Delay(_options.StorageRetry, _timeProvider, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A shard could not be reached; asking again.")]
    private partial void LogShardUnreachable(Exception exception);
}
