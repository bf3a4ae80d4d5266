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
/// <see cref="FinishCut"/>, so that whoever runs the role may do it beside the next batches.
/// </remarks>
/// <param name="index">The shard's number.</param>
/// <param name="shardCount">The genesis' shard count.</param>
public sealed class StateShard(int index, int shardCount)
{
    private readonly Lock _liveLock = new();
    private readonly Lock _treeLock = new();
    private Dictionary<StateKey, byte[]> _live = [];
    private Dictionary<Digest, List<Instrument>> _instruments = [];
    private Dictionary<StateKey, byte[]> _dirty = [];
    private SparseMerkleTree _tree = new();
    private ulong _position;
    private ulong _height;

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

    /// <inheritdoc cref="IStateShard.ReadAsync"/>
    public IReadOnlyList<byte[]?> Read(IReadOnlyList<StateKey> keys)
    {
        var values = new byte[]?[keys.Count];
        lock (_liveLock)
        {
            for (var i = 0; i < values.Length; i++)
            {
                _live.TryGetValue(keys[i], out values[i]);
            }
        }

        return values;
    }

    /// <inheritdoc cref="IStateShard.HoldingsAsync"/>
    public IReadOnlyList<KeyValuePair<StateKey, byte[]>> Holdings(AccountId account)
    {
        lock (_liveLock)
        {
            return !_instruments.TryGetValue(account.Digest, out var instruments)
                ? []
                : [.. instruments
                    .Order()
                    .Select(instrument => StateKey.Holding(account, instrument))
                    .Select(key => KeyValuePair.Create(key, _live[key]))];
        }
    }

    /// <inheritdoc cref="IStateShard.ApplyAsync"/>
    public void Apply(ShardWrites writes)
    {
        lock (_liveLock)
        {
            if (writes.Position <= _position)
            {
                return;
            }

            var followsLastApplied = writes.Previous == _position;
            Invariant.Holds(followsLastApplied);
            foreach (var (key, value) in writes.Values)
            {
                Invariant.Holds(key.Shard(shardCount) == index);
                Put(key, value);
                _dirty[key] = value;
            }

            _position = writes.Position;
        }
    }

    /// <summary>Notes what changed since the last cut; batches applied from now on belong to the next block.</summary>
    /// <returns>What changed, for <see cref="FinishCut"/>.</returns>
    public IReadOnlyDictionary<StateKey, byte[]> BeginCut()
    {
        lock (_liveLock)
        {
            var dirty = _dirty;
            _dirty = [];
            return dirty;
        }
    }

    /// <summary>Brings the state tree forward.</summary>
    /// <param name="height">The block; cuts are finished in the order they were begun.</param>
    /// <param name="dirty">What <see cref="BeginCut"/> returned.</param>
    /// <returns>The shard's root.</returns>
    public Digest FinishCut(ulong height, IReadOnlyDictionary<StateKey, byte[]> dirty)
    {
        lock (_treeLock)
        {
            Invariant.Holds(height > _height);
            var changes = new TreeChange[dirty.Count];
            var next = 0;
            foreach (var (key, value) in dirty)
            {
                changes[next++] = TreeChange.FromKey(key.ToArray(), value);
            }

            _tree.Update(changes);
            _height = height;
            return _tree.Root;
        }
    }

    /// <inheritdoc cref="IStateShard.ProveAsync"/>
    public ShardProof Prove(StateKey key)
    {
        lock (_treeLock)
        {
            var path = Digest.Sha256(key.ToArray());
            return new ShardProof(_height, _tree.TryGet(path, out _, out var value) ? value : null, _tree.Prove(path));
        }
    }

    /// <summary>Takes hold of the state of the last cut; later changes do not touch what was taken.</summary>
    /// <returns>Keys and values in the order of the tree, for <see cref="Export"/>.</returns>
    public (byte[] Key, byte[] Value)[] BeginExport()
    {
        lock (_treeLock)
        {
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
    public Digest? Restore(ReadOnlyMemory<byte> exported, ulong height, ulong position)
    {
        var count = exported.Length >= 4 ? BinaryPrimitives.ReadInt32BigEndian(exported.Span) : 0;
        if (count < 0 || count > exported.Length / 8)
        {
            return null;
        }

        var entries = new (byte[] Key, byte[] Value)[count];
        var rest = exported.IsEmpty ? exported.Span : exported.Span[4..];
        lock (_treeLock)
        {
            lock (_liveLock)
            {
                _live = new Dictionary<StateKey, byte[]>(count);
                _instruments = [];
                _dirty = [];
                for (var i = 0; i < count; i++)
                {
                    if (!TryReadBlob(ref rest, out entries[i].Key)
                        || !TryReadBlob(ref rest, out entries[i].Value)
                        || !StateKey.TryRead(entries[i].Key, out var key)
                        || key.Shard(shardCount) != index)
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
                _height = height;
                _position = position;
                return _tree.Root;
            }
        }
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
