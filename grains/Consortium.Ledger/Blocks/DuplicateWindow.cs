using System.Buffers.Binary;
using Consortium.Ledger.Ids;

namespace Consortium.Ledger.Blocks;

/// <summary>Remembers which transactions were ordered while they could still be ordered again.</summary>
/// <remarks>
/// Kept in segments, one per block, that are forgotten whole when the last transaction in them has expired and the block
/// is sealed. A segment that is closed never changes, so a snapshot takes segments by reference.
/// </remarks>
public sealed class DuplicateWindow
{
    // A restored window is forgotten in pieces of this size: as a whole it would stay for as long as its newest entry.
    private const int RestoredSegmentSize = 256;

    private const int EntrySize = Digest.Size + 8 + 8 + 4;

    private readonly Dictionary<TransactionId, (ulong Position, int Index)> _places = [];
    private readonly Queue<Segment> _closed = new();
    private Segment _open = new();

    /// <summary>Transactions remembered.</summary>
    public int Count => _places.Count;

    /// <summary>Finds where a transaction was ordered.</summary>
    /// <param name="id">The transaction.</param>
    /// <param name="place">Position of its batch and place in it.</param>
    /// <returns>Whether it is remembered.</returns>
    public bool TryFind(TransactionId id, out (ulong Position, int Index) place) => _places.TryGetValue(id, out place);

    /// <summary>Remembers a transaction.</summary>
    /// <param name="id">The transaction.</param>
    /// <param name="validUntilMs">When it expires.</param>
    /// <param name="position">Position of its batch.</param>
    /// <param name="index">Place in the batch.</param>
    public void Add(TransactionId id, ulong validUntilMs, ulong position, int index)
    {
        _places.Add(id, (position, index));
        _open.Entries.Add(new Entry(id, validUntilMs, position, index));
        _open.LastExpiryMs = Math.Max(_open.LastExpiryMs, validUntilMs);
    }

    /// <summary>Closes the segment of a block that was cut, and forgets segments whose transactions have all expired.</summary>
    /// <param name="nowMs">Batch time: nothing that expired before it can be ordered again.</param>
    public void Cut(ulong nowMs)
    {
        if (_open.Entries.Count > 0)
        {
            _closed.Enqueue(_open);
            _open = new Segment();
        }

        while (_closed.TryPeek(out var oldest) && oldest.LastExpiryMs <= nowMs)
        {
            foreach (var entry in _closed.Dequeue().Entries)
            {
                _places.Remove(entry.Id);
            }
        }
    }

    /// <summary>Takes hold of all closed segments for a snapshot.</summary>
    /// <returns>A function that writes them; it may run on any thread.</returns>
    public Func<byte[]> BeginExport()
    {
        var segments = _closed.ToArray();
        return () => Export(segments);
    }

    /// <summary>Replaces everything by what a snapshot holds.</summary>
    /// <param name="exported">What <see cref="BeginExport"/>'s function wrote.</param>
    /// <returns>Whether the bytes were whole.</returns>
    public bool TryRestore(ReadOnlySpan<byte> exported)
    {
        _places.Clear();
        _closed.Clear();
        _open = new Segment();
        if (exported.Length % EntrySize != 0)
        {
            return false;
        }

        _places.EnsureCapacity(exported.Length / EntrySize);
        for (; !exported.IsEmpty; exported = exported[EntrySize..])
        {
            var id = new TransactionId(Digest.FromBytes(exported[..Digest.Size]));
            var numbers = exported[Digest.Size..];
            if (_places.ContainsKey(id))
            {
                return false;
            }

            Add(
                id,
                BinaryPrimitives.ReadUInt64BigEndian(numbers),
                BinaryPrimitives.ReadUInt64BigEndian(numbers[8..]),
                BinaryPrimitives.ReadInt32BigEndian(numbers[16..]));
            if (_open.Entries.Count == RestoredSegmentSize)
            {
                Cut(nowMs: 0);
            }
        }

        Cut(nowMs: 0);
        return true;
    }

    private static byte[] Export(Segment[] segments)
    {
        var bytes = new byte[segments.Sum(segment => (long)segment.Entries.Count) * EntrySize];
        var rest = bytes.AsSpan();
        foreach (var entry in segments.SelectMany(segment => segment.Entries))
        {
            entry.Id.Digest.CopyTo(rest);
            BinaryPrimitives.WriteUInt64BigEndian(rest[32..], entry.ExpiryMs);
            BinaryPrimitives.WriteUInt64BigEndian(rest[40..], entry.Position);
            BinaryPrimitives.WriteInt32BigEndian(rest[48..], entry.Index);
            rest = rest[EntrySize..];
        }

        return bytes;
    }

    private readonly record struct Entry(TransactionId Id, ulong ExpiryMs, ulong Position, int Index);

    private sealed class Segment
    {
        public List<Entry> Entries { get; } = [];

        public ulong LastExpiryMs { get; set; }
    }
}
