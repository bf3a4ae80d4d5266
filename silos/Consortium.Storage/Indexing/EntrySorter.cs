using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Consortium.Storage.Indexing;

/// <summary>Collects entries in any order and hands them out in order of key. Not for use by two threads.</summary>
internal sealed class EntrySorter : IComparer<EntrySorter.Entry>
{
    private readonly List<Entry> _entries = [];
    private byte[] _bytes = new byte[1 << 16];
    private int _length;

    public int Compare(Entry x, Entry y)
    {
        var order = x.Word0.CompareTo(y.Word0);
        if (order == 0)
        {
            order = x.Word1.CompareTo(y.Word1);
        }

        return order != 0 ? order : Key(x).SequenceCompareTo(Key(y));
    }

    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var needed = _length + Math.Max(16, key.Length + value.Length);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
        }

        var at = _bytes.AsSpan(_length);
        key.CopyTo(at);
        value.CopyTo(at[key.Length..]);

        // Every key has 16 bytes or more, so the words alone decide nearly all comparisons.
        _entries.Add(new Entry(
            BinaryPrimitives.ReadUInt64BigEndian(at),
            BinaryPrimitives.ReadUInt64BigEndian(at[8..]),
            _length,
            key.Length,
            value.Length));
        _length += key.Length + value.Length;
    }

    /// <summary>Hands the entries out and forgets them.</summary>
    public MemoryRun Drain()
    {
        var run = new MemoryRun();
        var writer = new ChunkWriter(run.Add);
        var entries = CollectionsMarshal.AsSpan(_entries);
        entries.Sort(this);
        foreach (var entry in entries)
        {
            writer.Add(Key(entry), _bytes.AsSpan(entry.Start + entry.KeyLength, entry.ValueLength));
        }

        writer.End();
        _entries.Clear();
        _length = 0;
        return run;
    }

    private ReadOnlySpan<byte> Key(Entry entry) => _bytes.AsSpan(entry.Start, entry.KeyLength);

    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct Entry(ulong Word0, ulong Word1, int Start, int KeyLength, int ValueLength);
}
