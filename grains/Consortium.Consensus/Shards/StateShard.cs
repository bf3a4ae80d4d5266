using System.Runtime.InteropServices;
using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Consensus.Shards;

/// <summary>The role behind <see cref="IStateShard"/>: one shard's live state and its state tree.</summary>
/// <remarks>
/// Safe for one writer and any number of readers. <see cref="BeginCut"/> only notes what changed; the hashing is in
/// <see cref="FinishCut"/>, which the role's host may run beside the next batches. So may it <see cref="Export"/>, one slice at a time: a slice
/// takes less than a millisecond, and the state that it writes stays what it was at its cut while later cuts go on.
/// </remarks>
/// <param name="number">The shard's number among the shards of all classes (<see cref="ShardPlace"/>).</param>
/// <param name="shardCount">The genesis' shard count: shards per class.</param>
public sealed class StateShard(int number, int shardCount)
{
    private readonly Lock _liveLock = new();
    private readonly Lock _treeLock = new();
    private readonly Queue<ShardWrites> _uncut = new();
    private Dictionary<StateKey, byte[]> _live = [];
    private Dictionary<Digest, List<Instrument>> _instruments = [];
    private Dictionary<StateKey, byte[]> _lastCut = [];
    private SparseMerkleTree _tree = new();
    private Epoch _epoch;
    private ShardExport? _export;
    private int _restoredSlices;
    private bool _isDamaged;
    private Digest? _restored;
    private bool _isRestored;
    private bool _isOpen;
    private ulong _position;
    private ulong _cutHeight;
    private ulong _treeHeight;

    /// <summary>The epoch that the shard belongs to; <see langword="default"/> until it is restored.</summary>
    public Epoch Epoch
    {
        get
        {
            lock (_liveLock)
            {
                return _epoch;
            }
        }
    }

    /// <summary>Position of the last batch applied, and all keys and values after it.</summary>
    internal (ulong Position, IReadOnlyList<KeyValuePair<StateKey, byte[]>> Values) Live()
    {
        lock (_liveLock)
        {
            return (_position, [.. _live]);
        }
    }

    /// <inheritdoc cref="IStateShard.OpenAsync"/>
    public void Open(Epoch epoch)
    {
        lock (_liveLock)
        {
            RequireEpoch(epoch);
            _isOpen = true;
        }
    }

    /// <inheritdoc cref="IStateShard.GatherAsync"/>
    public IReadOnlyList<byte[]?> Gather(Epoch epoch, IReadOnlyList<StateKey> keys)
    {
        lock (_liveLock)
        {
            RequireEpoch(epoch);
            return Values(keys);
        }
    }

    /// <inheritdoc cref="IStateShard.ReadAsync"/>
    public ShardRead Read(IReadOnlyList<StateKey> keys)
    {
        lock (_liveLock)
        {
            RequireOpen();
            return new ShardRead(_position, Values(keys));
        }
    }

    /// <inheritdoc cref="IStateShard.HoldingsAsync"/>
    public ShardHoldings Holdings(AccountId account)
    {
        lock (_liveLock)
        {
            RequireOpen();
            return new ShardHoldings(
                _position,
                !_instruments.TryGetValue(account.Digest, out var instruments)
                    ? []
                    : [.. instruments
                        .Order()
                        .Select(instrument => StateKey.Holding(account, instrument))
                        .Select(key => KeyValuePair.Create(key, _live[key]))]);
        }
    }

    /// <inheritdoc cref="IStateShard.ApplyAsync"/>
    public void Apply(Epoch epoch, ShardWrites writes)
    {
        lock (_liveLock)
        {
            RequireEpoch(epoch);
            if (writes.Position <= _position)
            {
                return;
            }

            var followsLastApplied = writes.Previous == _position;
            Invariant.Holds(followsLastApplied);
            foreach (var (key, value) in writes.Values)
            {
                Invariant.Holds(key.Shard(shardCount) == number);
                Put(key, value);
            }

            _uncut.Enqueue(writes);
            _position = writes.Position;
        }
    }

    /// <summary>Collects the values that changed between the last cut and this one, for <see cref="FinishCut"/> to hash.</summary>
    /// <param name="epoch">The shard's epoch.</param>
    /// <param name="height">The block.</param>
    /// <param name="position">The last position applied here that belongs to the block.</param>
    /// <returns>The changed values, for <see cref="FinishCut"/>; the same again for the same height.</returns>
    public IReadOnlyDictionary<StateKey, byte[]> BeginCut(Epoch epoch, ulong height, ulong position)
    {
        lock (_liveLock)
        {
            RequireEpoch(epoch);
            if (height > _cutHeight)
            {
                Invariant.Holds(height == _cutHeight + 1 && _position >= position);
                _lastCut = [];
                while (_uncut.TryPeek(out var writes) && writes.Position <= position)
                {
                    foreach (var (key, value) in _uncut.Dequeue().Values)
                    {
                        _lastCut[key] = value;
                    }
                }

                _cutHeight = height;
            }

            return _lastCut;
        }
    }

    /// <summary>Brings the state tree forward.</summary>
    /// <param name="epoch">The shard's epoch.</param>
    /// <param name="height">The block; cuts are finished in the order they were begun.</param>
    /// <param name="changed">The values that <see cref="BeginCut"/> returned.</param>
    /// <param name="takesSnapshot">Whether <see cref="Export"/> will ask for the state of this cut.</param>
    /// <returns>The shard's root.</returns>
    public Digest FinishCut(Epoch epoch, ulong height, IReadOnlyDictionary<StateKey, byte[]> changed, bool takesSnapshot)
    {
        lock (_treeLock)
        {
            RequireEpoch(epoch);
            if (height > _treeHeight)
            {
                Invariant.Holds(height == _treeHeight + 1);
                var changes = new TreeChange[changed.Count];
                var next = 0;
                foreach (var (key, value) in changed)
                {
                    changes[next++] = TreeChange.FromKey(key.ToArray(), value);
                }

                _tree.Update(changes);
                _treeHeight = height;
                if (takesSnapshot)
                {
                    _export?.Release();
                    _export = new ShardExport(height, _tree.TakeSnapshot());
                }
            }

            // Nobody waits for a late repetition of an older cut, so its answer does not matter.
            return _tree.Root;
        }
    }

    /// <inheritdoc cref="IStateShard.ProveAsync"/>
    public ShardProof Prove(StateKey key)
    {
        lock (_treeLock)
        {
            RequireOpen();
            var path = Digest.Sha256(key.ToArray());
            return new ShardProof(_treeHeight, _tree.TryGet(path, out _, out var value) ? value : null, _tree.Prove(path));
        }
    }

    /// <inheritdoc cref="IStateShard.ExportAsync"/>
    public byte[]? Export(Epoch epoch, ulong height, int slice)
    {
        lock (_treeLock)
        {
            RequireEpoch(epoch);
            return _export?.Height == height
                ? _export.Read(slice)
                : throw new StorageException($"The shard did not take hold of its state at block {height}, or has let go of it.");
        }
    }

    /// <inheritdoc cref="IStateShard.RestoreAsync"/>
    public void Restore(Epoch epoch, int slice, ReadOnlyMemory<byte> exported)
    {
        lock (_treeLock)
        {
            lock (_liveLock)
            {
                if (slice == 0 && epoch.CompareTo(_epoch) > 0)
                {
                    _epoch = epoch;
                    Clear();
                }

                RequireEpoch(epoch);
                if (slice == _restoredSlices && !_isRestored)
                {
                    _restoredSlices++;
                    _isDamaged = _isDamaged || !TryRestore(exported);
                }

                Invariant.Holds(slice < _restoredSlices);
            }
        }
    }

    /// <inheritdoc cref="IStateShard.EndRestoreAsync"/>
    public Digest? EndRestore(Epoch epoch, ulong height, ulong position)
    {
        lock (_treeLock)
        {
            lock (_liveLock)
            {
                RequireEpoch(epoch);
                if (!_isRestored)
                {
                    _isRestored = true;
                    _restored = _isDamaged ? null : _tree.Root;
                    (_position, _cutHeight, _treeHeight) = (position, height, height);
                }

                return _restored;
            }
        }
    }

    private void Clear()
    {
        _live = [];
        _instruments = [];
        _lastCut = [];
        _uncut.Clear();
        _tree = new SparseMerkleTree();
        _export = null;
        (_restoredSlices, _isDamaged, _isRestored, _isOpen) = (0, false, false, false);
    }

    private bool TryRestore(ReadOnlyMemory<byte> exported)
    {
        var entries = new List<(byte[] Key, byte[] Value)>();
        if (!ShardSlice.TryRead(exported.Span, entries))
        {
            return false;
        }

        foreach (var (bytes, value) in entries)
        {
            if (!StateKey.TryRead(bytes, out var key) || key.Shard(shardCount) != number || _live.ContainsKey(key))
            {
                return false;
            }

            Put(key, value);
        }

        _tree.Put(CollectionsMarshal.AsSpan(entries));
        return true;
    }

    private void RequireEpoch(Epoch epoch)
    {
        if (epoch != _epoch)
        {
            throw new ShardMovedException(epoch, _epoch);
        }
    }

    private void RequireOpen()
    {
        if (!_isOpen)
        {
            throw new StorageException("The shard is being restored from storage; ask again in a few seconds.");
        }
    }

    private byte[]?[] Values(IReadOnlyList<StateKey> keys)
    {
        var values = new byte[]?[keys.Count];
        for (var i = 0; i < values.Length; i++)
        {
            _live.TryGetValue(keys[i], out values[i]);
        }

        return values;
    }

    private void Put(StateKey key, byte[] value)
    {
        var isNew = !_live.ContainsKey(key);
        _live[key] = value;
        if (isNew && key.Kind == StateKind.Holding)
        {
            if (!_instruments.TryGetValue(key.Owner, out var instruments))
            {
                _instruments[key.Owner] = instruments = new List<Instrument>(1);
            }

            instruments.Add(key.Instrument);
        }
    }
}
