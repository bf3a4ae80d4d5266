using Consortium.Ledger.Accounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Merkle;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.State;

namespace Consortium.Ledger.Verification;

/// <summary>Verifies a chain from its export alone: executes everything again and checks every rule (SPEC.md section 7).</summary>
/// <remarks>
/// Feed it genesis, then the batches and the seal of each block, then <see cref="Finish"/>. The first fault ends
/// verification. Not for use by two threads; checking signatures beforehand (<see cref="CheckedBatch"/>) is what parallelises.
/// </remarks>
public sealed class ChainVerifier
{
    private readonly StateView _view = new(int.MaxValue);
    private readonly DuplicateWindow _window = new();
    private readonly ISignatureVerifier _verifier;
    private readonly Executor _executor;
    private SparseMerkleTree[] _trees = [];
    private Digest[] _shardLeaves = [];
    private Digest _treesRoot;
    private Genesis? _genesis;
    private FinalityTracker? _finality;
    private BlockLeaves _leaves = new();
    private Digest _tipHash;
    private ulong _tipTimeMs;
    private ulong _timeMs;
    private ulong _position;

    /// <summary>Makes a verifier that knows nothing.</summary>
    /// <param name="verifier">Checks the signatures of producers.</param>
    public ChainVerifier(ISignatureVerifier verifier)
    {
        _verifier = verifier;
        _executor = new Executor(_view);
    }

    /// <summary>The network's id, once genesis was fed.</summary>
    public Digest Network => _genesis?.Network ?? default;

    /// <summary>The last block that was verified.</summary>
    public ulong Height { get; private set; }

    /// <summary>Hash of the last verified block.</summary>
    public Digest TipHash => _tipHash;

    /// <summary>State root of the last verified block.</summary>
    public Digest StateRoot { get; private set; }

    /// <summary>Transactions verified, rejected ones included.</summary>
    public long TransactionCount { get; private set; }

    /// <summary>Signatures on those transactions.</summary>
    public long SignatureCount { get; private set; }

    /// <summary>Which blocks are final.</summary>
    public BuriedBlock? Final => _finality?.Final;

    /// <summary>Begins a chain.</summary>
    /// <param name="bytes">Canonical bytes of <see cref="Wire.Genesis"/>.</param>
    /// <returns>A sentence that says what is wrong, or <see langword="null"/> when nothing is.</returns>
    public ChainFault? AddGenesis(ReadOnlyMemory<byte> bytes)
    {
        var fault = Genesis.TryRead(bytes, out var genesis);
        if (genesis is null)
        {
            return new ChainFault(0, null, "genesis", fault ?? string.Empty);
        }

        _genesis = genesis;
        _finality = new FinalityTracker(genesis.FinalityBlocks);
        (_tipHash, _tipTimeMs, _timeMs) = (genesis.Network, genesis.TimeMs, genesis.TimeMs);
        _trees = [.. Enumerable.Range(0, genesis.Shards).Select(_ => new SparseMerkleTree())];
        _shardLeaves = ChainRules.ShardLeaves([.. _trees.Select(tree => tree.Root)]);
        UpdateTrees(genesis.InitialState());
        foreach (var change in genesis.InitialState())
        {
            _view.Set(change.Key, change.Value);
        }

        return null;
    }

    /// <summary>Executes a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>A sentence that says what is wrong, or <see langword="null"/> when nothing is.</returns>
    public ChainFault? AddBatch(CheckedBatch batch)
    {
        var message = batch.Message;
        if (batch.Fault is { } fault)
        {
            return Fault(fault.Index < 0 ? null : $"{message.Position}/{fault.Index}", fault.Rule, fault.Detail);
        }

        if (message.Position <= _position || message.TimeMs < _timeMs)
        {
            return Fault(
                null,
                "order of batches",
                $"position {message.Position} at {message.TimeMs} follows position {_position} at {_timeMs}");
        }

        var executed = new List<ExecutedTransaction>(batch.Transactions.Count);
        for (var i = 0; i < batch.Transactions.Count; i++)
        {
            var transaction = batch.Transactions[i];
            if (_window.TryFind(transaction.Id, out _))
            {
                return Fault(transaction.Id.ToString(), "duplicate", "the transaction was ordered before");
            }

            if (ValidityRules.Check(transaction.ValidUntilMs, message.TimeMs, _genesis!.ValidityMaxMs) is { } refused)
            {
                return Fault(transaction.Id.ToString(), "validity", refused.Detail);
            }

            var result = _executor.Execute(transaction, message.TimeMs);
            if (result.ToRefused() is { } unauthorised)
            {
                return Fault(transaction.Id.ToString(), "authority", unauthorised.Detail);
            }

            if (!result.ToOutcome().Equals(message.Outcomes[i]))
            {
                return Fault(
                    transaction.Id.ToString(),
                    "outcome",
                    $"recorded {Describe(message.Outcomes[i])}, executing it again gives {Describe(result.ToOutcome())}");
            }

            executed.Add(result);
            _window.Add(transaction.Id, transaction.ValidUntilMs, message.Position, i);
            SignatureCount += transaction.Signers.Count;
        }

        _leaves.AddBatch(message.TimeMs, executed);
        (_position, _timeMs) = (message.Position, message.TimeMs);
        TransactionCount += executed.Count;
        return null;
    }

    /// <summary>Checks the seal of the block whose batches were fed.</summary>
    /// <param name="bytes">Canonical bytes of <see cref="Wire.SealedHeader"/>.</param>
    /// <returns>A sentence that says what is wrong, or <see langword="null"/> when nothing is.</returns>
    public ChainFault? AddSeal(ReadOnlyMemory<byte> bytes)
    {
        if (!BlockSeal.TryRead(bytes.Span, out var seal))
        {
            return Fault(null, "header form", "the sealed header is not canonical");
        }

        var written = _executor.TakeWritten();
        UpdateTrees(written);
        var header = seal.Header;
        var expected = new BlockHeader(
            _genesis!.Network,
            Height + 1,
            _tipHash,
            _leaves.TransactionsRoot,
            _leaves.ReceiptsRoot,
            _treesRoot,
            header.TimeMs,
            _position,
            (uint)_leaves.Count,
            header.Producer,
            ChainRules.NextTarget(_genesis, Height, _tipTimeMs),
            header.Nonce);
        if (header != expected)
        {
            return Difference(header, expected);
        }

        if (header.TimeMs < _timeMs)
        {
            return Fault(null, "time", $"the header's time {header.TimeMs} is before its last batch's, {_timeMs}");
        }

        if (ChainRules.CheckWork(_genesis, seal, _verifier) is { } fault)
        {
            return Fault(null, "work and producer", fault);
        }

        (Height, _tipHash, _tipTimeMs) = (header.Height, header.Hash, header.TimeMs);
        (_timeMs, StateRoot) = (header.TimeMs, header.StateRoot);
        _leaves = new BlockLeaves();
        _window.Cut(header.TimeMs);
        _finality!.Add(BuriedBlock.From(header));
        return null;
    }

    /// <summary>Ends a chain: everything was sealed, and every instrument sums to zero over all accounts.</summary>
    /// <returns>A sentence that says what is wrong, or <see langword="null"/> when nothing is.</returns>
    public ChainFault? Finish()
    {
        if (_genesis is null)
        {
            return new ChainFault(0, null, "genesis", "the export holds none");
        }

        if (_leaves.Count > 0)
        {
            return Fault(null, "seal", "the last batches belong to no sealed block");
        }

        var sums = new SortedDictionary<Instrument, Int128>();
        foreach (var (keyBytes, value) in _trees.SelectMany(tree => tree.ToArray()))
        {
            if (StateKey.TryRead(keyBytes, out var key) && key.Kind == StateKind.Holding)
            {
                var posted = Holding.Decode(value)!.Posted;
                sums[key.Instrument] = sums.GetValueOrDefault(key.Instrument) + posted;
            }
        }

        foreach (var (instrument, sum) in sums)
        {
            if (sum != 0)
            {
                return Fault(null, "zero sums", $"over all accounts {instrument} sums to {sum}");
            }
        }

        return null;
    }

    private static string Describe(Wire.Outcome outcome) => outcome.Rejections.Count == 0
        ? "accepted"
        : string.Join(", ", outcome.Rejections.Select(rejection => ((Rejection)rejection.Code).ToString()));

    // A shard that was not written keeps its leaf, and a block without changes keeps the root: chains have many empty blocks.
    private void UpdateTrees(IReadOnlyList<StateChange> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }

        foreach (var shard in changes.GroupBy(change => change.Key.Shard(_genesis!.ShardCount)))
        {
            _trees[shard.Key].Update(
                [.. shard.Select(change => TreeChange.FromKey(change.Key.ToArray(), change.Value.Encode()))]);
            _shardLeaves[shard.Key] = ChainRules.ShardLeaf(_trees[shard.Key].Root);
        }

        _treesRoot = MerkleTree.Root(_shardLeaves);
    }

    private ChainFault Difference(BlockHeader found, BlockHeader expected)
    {
        var differences = new (string Rule, object Found, object Expected)[]
        {
            ("network", found.Network, expected.Network),
            ("height", found.Height, expected.Height),
            ("previous block", found.Previous, expected.Previous),
            ("transactions root", found.TransactionsRoot, expected.TransactionsRoot),
            ("receipts root", found.ReceiptsRoot, expected.ReceiptsRoot),
            ("state root", found.StateRoot, expected.StateRoot),
            ("last position", found.LastPosition, expected.LastPosition),
            ("transaction count", found.TransactionCount, expected.TransactionCount),
            ("target", found.TargetCompact, expected.TargetCompact),
        };
        var (rule, was, shouldBe) = differences.First(difference => !difference.Found.Equals(difference.Expected));
        return Fault(null, rule, $"the header says {was}, the chain gives {shouldBe}");
    }

    private ChainFault Fault(string? transaction, string rule, string detail) => new(Height + 1, transaction, rule, detail);
}
