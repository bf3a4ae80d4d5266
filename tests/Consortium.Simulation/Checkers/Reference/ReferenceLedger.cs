using System.Numerics;
using System.Runtime.InteropServices;
using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;
using Google.Protobuf;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Simulation.Checkers.Reference;

/// <summary>The independent replay: executes the durable journal on one flat state and keeps every value.</summary>
/// <remarks>
/// What the checkers compare with. It has no shards but their trees, no cache, no recovery and no snapshots. The rules
/// themselves are the ledger's own; the checkers of zero sums and lots watch those. Signatures are checked elsewhere.
/// </remarks>
internal sealed class ReferenceLedger
{
    private readonly Findings _findings;
    private readonly StateView _view = new(int.MaxValue);
    private readonly Executor _executor;
    private readonly Dictionary<StateKey, KeyHistory> _keys = [];
    private readonly List<KeyHistory>[] _keysOfShard;
    private readonly Dictionary<AccountId, AccountHistory> _accounts = [];
    private readonly Dictionary<TransactionId, int> _places = [];
    private readonly List<OrderedTransaction> _transactions = [];
    private readonly List<ReferenceBlock> _blocks = [];
    private readonly Queue<ReplayedBatch> _unsealed = new();
    private readonly SparseMerkleTree[] _trees;
    private readonly ulong[] _shardPositions;
    private readonly List<TreeChange>[] _treeChanges;
    private readonly HashSet<StateKey> _written = [];

    /// <summary>Begins with the genesis' state.</summary>
    public ReferenceLedger(Genesis genesis, Findings findings)
    {
        Genesis = genesis;
        _findings = findings;
        _executor = new Executor(_view);
        var shards = genesis.Shards;
        _trees = new SparseMerkleTree[shards];
        _shardPositions = new ulong[shards];
        _keysOfShard = new List<KeyHistory>[shards];
        _treeChanges = new List<TreeChange>[shards];
        for (var i = 0; i < shards; i++)
        {
            _trees[i] = new SparseMerkleTree();
            (_keysOfShard[i], _treeChanges[i]) = ([], []);
        }

        foreach (var change in genesis.InitialState())
        {
            _view.Set(change.Key, change.Value);
            Put(change.Key, position: 0, change.Value);
            AddToTree(change.Key, change.Value);
        }

        UpdateTrees();
    }

    public Genesis Genesis { get; }

    /// <summary>Journal position of the last entry; <see langword="null"/> before there is one.</summary>
    public ulong? Head { get; private set; }

    /// <summary>Journal position of the last batch; 0 before there is one.</summary>
    public ulong BatchPosition { get; private set; }

    /// <summary>Sealed blocks; the first has height 1.</summary>
    public IReadOnlyList<ReferenceBlock> Blocks => _blocks;

    public ulong TipHeight => (ulong)_blocks.Count;

    public ReferenceBlock? Tip => _blocks.Count == 0 ? null : _blocks[^1];

    /// <summary>Journal position of the last sealed batch.</summary>
    public ulong SealedPosition => Tip?.Header.LastPosition ?? 0;

    public ulong FinalHeight => Tip?.FinalHeight ?? 0;

    /// <summary>Journal position of the last final batch.</summary>
    public ulong FinalPosition => BlockAt(FinalHeight)?.Header.LastPosition ?? 0;

    /// <summary>All transactions in order; of one that was ordered twice both places.</summary>
    public IReadOnlyList<OrderedTransaction> Transactions => _transactions;

    public ReferenceBlock? BlockAt(ulong height) => height == 0 || height > TipHeight ? null : _blocks[(int)height - 1];

    /// <summary>The sealed block that holds a batch; <see langword="null"/> while it is not sealed.</summary>
    public ReferenceBlock? BlockOf(ulong position)
    {
        var (low, high) = (0, _blocks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_blocks[middle].Header.LastPosition < position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == _blocks.Count ? null : _blocks[low];
    }

    /// <summary>Finds the first place of a transaction in the journal.</summary>
    public bool TryFind(TransactionId id, out OrderedTransaction place)
    {
        var found = _places.TryGetValue(id, out var index);
        place = found ? _transactions[index] : default;
        return found;
    }

    /// <summary>All accounts that there ever were.</summary>
    public IReadOnlyCollection<AccountId> Accounts => _accounts.Keys;

    public AccountHistory? FindAccount(AccountId account) => _accounts.GetValueOrDefault(account);

    public StateValue? Latest(StateKey key) => _keys.GetValueOrDefault(key)?.Latest;

    /// <summary>The keys that a shard must have now.</summary>
    public IReadOnlyList<KeyHistory> KeysOf(int shard) => _keysOfShard[shard];

    public KeyHistory? FindKey(StateKey key) => _keys.GetValueOrDefault(key);

    /// <summary>Journal position of the last batch that changed a shard.</summary>
    public ulong PositionOf(int shard) => _shardPositions[shard];

    /// <summary>Passes over an entry that the replay does not execute.</summary>
    public void Pass(JournalEntry entry) => Head = entry.Position;

    /// <summary>Executes a batch.</summary>
    /// <returns>The batch, or <see langword="null"/> when it cannot be executed, which is then reported.</returns>
    public ReplayedBatch? AddBatch(JournalEntry entry)
    {
        Head = entry.Position;
        if (TryRead(entry) is not { } recorded)
        {
            return null;
        }

        var executed = new List<ExecutedTransaction>(recorded.Transactions.Count);
        for (var i = 0; i < recorded.Transactions.Count; i++)
        {
            Transaction transaction;
            try
            {
                transaction = TransactionCodec.DecodeTrusted(recorded.Transactions[i].Memory, Genesis.Network);
            }
            catch (InvariantBrokenException)
            {
                _findings.Report(JournalChecker.Name, $"transaction {i} of the batch at {entry.Position} is none of this network");
                return null;
            }

            try
            {
                executed.Add(_executor.Execute(transaction, recorded.TimeMs));
            }
            catch (InvariantBrokenException exception)
            {
                _findings.Report(OutcomeChecker.Name, $"executing {transaction.Id} at {entry.Position} broke an invariant: {exception.Message}");
                return null;
            }
        }

        BatchPosition = entry.Position;
        var batch = new ReplayedBatch(recorded, executed, Apply(entry.Position));
        for (var i = 0; i < executed.Count; i++)
        {
            var transaction = executed[i].Transaction;
            _places.TryAdd(transaction.Id, _transactions.Count);
            _transactions.Add(new OrderedTransaction(
                transaction.Id, entry.Position, i, recorded.TimeMs, transaction.ValidUntilMs, executed[i].Accepted));
        }

        _unsealed.Enqueue(batch);
        return batch;
    }

    /// <summary>Adds a seal; batches of later blocks may come before it in the journal.</summary>
    /// <returns>The block, or <see langword="null"/> when the entry is no seal, which is then reported.</returns>
    public ReplayedBlock? AddSeal(JournalEntry entry)
    {
        Head = entry.Position;
        if (!BlockSeal.TryRead(entry.Bytes.Span, out var seal))
        {
            _findings.Report(JournalChecker.Name, $"the seal at {entry.Position} is not canonical");
            return null;
        }

        var header = seal.Header;
        var leaves = new BlockLeaves();
        var batches = new List<ReplayedBatch>();
        while (_unsealed.TryPeek(out var batch) && batch.Position <= header.LastPosition)
        {
            leaves.AddBatch(batch.TimeMs, batch.Executed);
            batches.Add(_unsealed.Dequeue());
        }

        AddToTrees(batches);
        var roots = UpdateTrees();
        var expected = header with
        {
            Network = Genesis.Network,
            Height = TipHeight + 1,
            Previous = Tip?.Hash ?? Genesis.Network,
            TransactionsRoot = leaves.TransactionsRoot,
            ReceiptsRoot = leaves.ReceiptsRoot,
            StateRoot = ChainRules.StateRoot(roots),
            LastPosition = batches.Count > 0 ? batches[^1].Position : SealedPosition,
            TransactionCount = (uint)leaves.Count,
            TargetCompact = ChainRules.NextTarget(Genesis, TipHeight, Tip?.Header.TimeMs ?? Genesis.TimeMs),
        };
        var lastBatchTimeMs = batches.Count > 0 ? batches[^1].TimeMs : Tip?.Header.TimeMs ?? Genesis.TimeMs;
        var work = WorkOf(header.TargetCompact);
        var block = new ReferenceBlock(
            seal,
            header.Hash,
            entry.Position,
            roots,
            work,
            work + (Tip?.TotalWork ?? BigInteger.Zero),
            FinalHeightUnder(work));
        _blocks.Add(block);
        return new ReplayedBlock(
            block, expected, lastBatchTimeMs, _unsealed.TryPeek(out var next) ? next.TimeMs : null);
    }

    /// <summary>Builds the state tree of a shard after a batch from nothing.</summary>
    public SparseMerkleTree Rebuild(int shard, ulong position)
    {
        var entries = new List<(byte[] Key, byte[] Value)>(_keysOfShard[shard].Count);
        foreach (var key in _keysOfShard[shard])
        {
            if (key.At(position) is { } value)
            {
                entries.Add((key.KeyBytes, value.Encode()));
            }
        }

        return SparseMerkleTree.FromEntries([.. entries]);
    }

    // 2^256 / (target + 1) over nBits (SPEC.md section 5).
    private static BigInteger WorkOf(uint compact)
    {
        var exponent = (int)(compact >> 24) - 3;
        BigInteger mantissa = compact & 0x7fffff;
        var target = exponent >= 0 ? mantissa << (8 * exponent) : mantissa >> (-8 * exponent);
        return BigInteger.Pow(2, 256) / (target + 1);
    }

    // Looks down from the newest block: the first with enough work on top is final, and all below it.
    private ulong FinalHeightUnder(BigInteger newest)
    {
        var onTop = newest;
        for (var height = TipHeight; height > FinalHeight; height--)
        {
            var own = _blocks[(int)height - 1].Work;
            if (onTop >= Genesis.FinalityBlocks * own)
            {
                return height;
            }

            onTop += own;
        }

        return FinalHeight;
    }

    private Wire.Batch? TryRead(JournalEntry entry)
    {
        try
        {
            var batch = Wire.Batch.Parser.ParseFrom(entry.Bytes.Span);
            if (batch.Position == entry.Position && batch.Outcomes.Count == batch.Transactions.Count && batch.Outcomes.Count > 0)
            {
                return batch;
            }

            _findings.Report(
                JournalChecker.Name,
                $"the batch at {entry.Position} names position {batch.Position} and has {batch.Transactions.Count} transactions with {batch.Outcomes.Count} outcomes");
        }
        catch (InvalidProtocolBufferException exception)
        {
            _findings.Report(JournalChecker.Name, $"the batch at {entry.Position} cannot be read: {exception.Message}");
        }

        return null;
    }

    private ReplayedChange[] Apply(ulong position)
    {
        var written = _executor.TakeWritten();
        var changes = new ReplayedChange[written.Count];
        for (var i = 0; i < changes.Length; i++)
        {
            var (key, value) = written[i];
            changes[i] = new ReplayedChange(key, Latest(key), value);
            _shardPositions[Put(key, position, value).Shard] = position;
        }

        return changes;
    }

    private KeyHistory Put(StateKey key, ulong position, StateValue value)
    {
        var isOfAccount = key.Kind is StateKind.Account or StateKind.Holding;
        var account = isOfAccount ? AccountOf(new AccountId(key.Owner)) : null;
        account?.Touch(position);
        if (!_keys.TryGetValue(key, out var history))
        {
            _keys[key] = history = new KeyHistory(key, Genesis.ShardCount);
            _keysOfShard[history.Shard].Add(history);
            if (key.Kind == StateKind.Holding)
            {
                account!.Add(history);
            }
        }

        history.Put(position, value);
        return history;
    }

    private AccountHistory AccountOf(AccountId id)
    {
        if (!_accounts.TryGetValue(id, out var account))
        {
            _accounts[id] = account = new AccountHistory();
        }

        return account;
    }

    // From the last batch back: the first value met under a key is the one the block leaves.
    private void AddToTrees(List<ReplayedBatch> batches)
    {
        _written.Clear();
        for (var i = batches.Count - 1; i >= 0; i--)
        {
            foreach (var change in batches[i].Changes)
            {
                if (_written.Add(change.Key))
                {
                    AddToTree(change.Key, change.After);
                }
            }
        }
    }

    private void AddToTree(StateKey key, StateValue value)
    {
        var history = _keys[key];
        _treeChanges[history.Shard].Add(new TreeChange(history.KeyBytes, history.Path, value.Encode()));
    }

    private Digest[] UpdateTrees()
    {
        var roots = new Digest[_trees.Length];
        for (var i = 0; i < roots.Length; i++)
        {
            _trees[i].Update(CollectionsMarshal.AsSpan(_treeChanges[i]));
            _treeChanges[i].Clear();
            roots[i] = _trees[i].Root;
        }

        return roots;
    }
}
