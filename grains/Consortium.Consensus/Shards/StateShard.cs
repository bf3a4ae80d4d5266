using System.Buffers.Binary;
using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Consensus.Shards;

/// <summary>The role behind <see cref="IStateShard"/>: one shard's live state and its state tree.</summary>
/// <remarks>
/// Safe for one writer and any number of readers. <see cref="BeginCut"/> only notes what changed; the hashing is in
/// <see cref="FinishCut"/>, so that the role's host may do it beside the next batches.
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
    private Digest? _restored;
    private bool _isOpen;
    private ulong _position;
    private ulong _cutHeight;
    private ulong _treeHeight;

    /// <summary>Keys in the live state.</summary>
    public int Count
    {
        get
        {
            lock (_liveLock)
            {
                return _live.Count;
            }
        }
    }

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

    /// <summary>Notes what changed between the last cut and this one.</summary>
    /// <param name="epoch">The shard's epoch.</param>
    /// <param name="height">The block.</param>
    /// <param name="position">The last position applied here that belongs to the block.</param>
    /// <returns>What changed, for <see cref="FinishCut"/>; the same again for the same height.</returns>
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
    /// <param name="changed">What <see cref="BeginCut"/> returned.</param>
    /// <returns>The shard's root.</returns>
    public Digest FinishCut(Epoch epoch, ulong height, IReadOnlyDictionary<StateKey, byte[]> changed)
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

    /// <summary>Takes hold of the state of the last cut; later changes do not touch what was taken.</summary>
    /// <param name="epoch">The shard's epoch.</param>
    /// <param name="height">The last cut.</param>
    /// <returns>Keys and values in the order of the tree, for <see cref="Export"/>.</returns>
    public (byte[] Key, byte[] Value)[] BeginExport(Epoch epoch, ulong height)
    {
        lock (_treeLock)
        {
            RequireEpoch(epoch);
            if (height != _treeHeight)
            {
                throw new StorageException($"The shard's tree stands at block {_treeHeight}; block {height} cannot be written any more.");
            }

            return _tree.ToArray();
        }
    }

    /// <summary>Writes what <see cref="BeginExport"/> took: count, then length and bytes of each key and value.</summary>
    /// <param name="entries">Keys and values.</param>
    /// <returns>Bytes that <see cref="Restore"/> reads.</returns>
    public static ReadOnlyMemory<byte> Export((byte[] Key, byte[] Value)[] entries)
    {
        var size = 4L;
        foreach (var (key, value) in entries)
        {
            size += 8 + key.Length + value.Length;
        }

        var bytes = new byte[size];
        BinaryPrimitives.WriteInt32BigEndian(bytes, entries.Length);
        var rest = bytes.AsSpan(4);
        foreach (var (key, value) in entries)
        {
            rest = WriteBlob(WriteBlob(rest, key), value);
        }

        return bytes;
    }

    /// <inheritdoc cref="IStateShard.RestoreAsync"/>
    public Digest? Restore(Epoch epoch, ReadOnlyMemory<byte> exported, ulong height, ulong position)
    {
        lock (_treeLock)
        {
            lock (_liveLock)
            {
                if (epoch.CompareTo(_epoch) > 0)
                {
                    (_epoch, _isOpen) = (epoch, false);
                    _restored = TryRestore(exported);
                    (_position, _cutHeight, _treeHeight) = (position, height, height);
                }

                RequireEpoch(epoch);
                return _restored;
            }
        }
    }

    private Digest? TryRestore(ReadOnlyMemory<byte> exported)
    {
        _live = [];
        _instruments = [];
        _lastCut = [];
        _uncut.Clear();
        _tree = new SparseMerkleTree();
        var count = exported.Length >= 4 ? BinaryPrimitives.ReadInt32BigEndian(exported.Span) : 0;
        if (count < 0 || count > exported.Length / 8)
        {
            return null;
        }

        var entries = new (byte[] Key, byte[] Value)[count];
        var rest = exported.IsEmpty ? exported.Span : exported.Span[4..];
        for (var i = 0; i < count; i++)
        {
            if (!TryReadBlob(ref rest, out entries[i].Key)
                || !TryReadBlob(ref rest, out entries[i].Value)
                || !StateKey.TryRead(entries[i].Key, out var key)
                || key.Shard(shardCount) != number)
            {
                return null;
            }

            Put(key, entries[i].Value);
        }

        if (!rest.IsEmpty || _live.Count != count)
        {
            return null;
        }

        _tree = SparseMerkleTree.FromEntries(entries);
        return _tree.Root;
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

    private static Span<byte> WriteBlob(Span<byte> destination, byte[] blob)
    {
        BinaryPrimitives.WriteInt32BigEndian(destination, blob.Length);
        blob.CopyTo(destination[4..]);
        return destination[(4 + blob.Length)..];
    }

    private static bool TryReadBlob(ref ReadOnlySpan<byte> source, out byte[] blob)
    {
        blob = [];
        if (source.Length < 4)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(source);
        if (length < 0 || length > source.Length - 4)
        {
            return false;
        }

        blob = source.Slice(4, length).ToArray();
        source = source[(4 + length)..];
        return true;
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
