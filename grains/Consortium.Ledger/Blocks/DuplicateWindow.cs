using Consortium.Ledger.Ids;

namespace Consortium.Ledger.Blocks;

/// <summary>Remembers which transactions were ordered while they could still be ordered again.</summary>
/// <remarks>
/// Kept in segments, one per block, that are forgotten whole when the last transaction in them has expired and the block
/// is sealed. A segment that is closed never changes, so a snapshot takes segments by reference.
/// </remarks>
public sealed class DuplicateWindow
{
    // A restored window is split into segments of this size, so that its old entries can be forgotten before its newest one expires.
    private const int RestoredSegmentSize = 256;

    private readonly Dictionary<TransactionId, (ulong Position, int Index)> _places = [];
    private readonly Queue<Segment> _closed = new();
    private Segment _open = new();

    /// <summary>Transactions remembered.</summary>
    public int Count => _places.Count;

    /// <summary>Finds where a transaction was ordered.</summary>
    /// <param name="id">The transaction.</param>
    /// <param name="place">Position of its batch and place in it.</param>
    /// <returns>Whether the transaction is remembered.</returns>
    public bool TryFind(TransactionId id, out (ulong Position, int Index) place) => _places.TryGetValue(id, out place);

    /// <summary>Remembers a transaction.</summary>
    /// <param name="id">The transaction.</param>
    /// <param name="validUntilMs">End of the transaction's validity, UTC milliseconds.</param>
    /// <param name="position">Position of its batch.</param>
    /// <param name="index">Place in the batch.</param>
    public void Add(TransactionId id, ulong validUntilMs, ulong position, int index)
    {
        _places.Add(id, (position, index));
        _open.Entries.Add(new DuplicateWindowEntry(id, validUntilMs, position, index));
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

    /// <summary>Begins an export of all closed segments, for a snapshot.</summary>
    /// <returns>The export, which any thread may write.</returns>
    public DuplicateWindowExport BeginExport() => new([.. _closed.Select(segment => segment.Entries)]);

    /// <summary>Forgets everything, to be filled from a snapshot.</summary>
    public void Clear()
    {
        _places.Clear();
        _closed.Clear();
        _open = new Segment();
    }

    /// <summary>Adds the entries of one slice of a snapshot.</summary>
    /// <param name="slice">One of <see cref="DuplicateWindowExport.Slices"/>.</param>
    /// <returns>Whether the bytes were whole; if not, the window is to be cleared.</returns>
    public bool TryRestore(ReadOnlySpan<byte> slice)
    {
        if (slice.Length % DuplicateWindowEntry.Size != 0)
        {
            return false;
        }

        for (; !slice.IsEmpty; slice = slice[DuplicateWindowEntry.Size..])
        {
            var entry = DuplicateWindowEntry.Read(slice);
            if (_places.ContainsKey(entry.Id))
            {
                return false;
            }

            Add(entry.Id, entry.ExpiryMs, entry.Position, entry.Index);
            if (_open.Entries.Count == RestoredSegmentSize)
            {
                Cut(nowMs: 0);
            }
        }

        Cut(nowMs: 0);
        return true;
    }

    private sealed class Segment
    {
        public List<DuplicateWindowEntry> Entries { get; } = [];

        public ulong LastExpiryMs { get; set; }
    }
}
