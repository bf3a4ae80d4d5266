using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Consortium.Consensus.Ports;

namespace Consortium.Storage.Segments;

/// <summary>Reads segments from the store and decodes their records.</summary>
internal sealed class SegmentReader(ISegmentStore store)
{
    /// <summary>Looks at a segment that may be open: reads what was appended since the last look.</summary>
    /// <param name="view">The view of the segment so far.</param>
    /// <param name="length">Length of the segment now, in bytes.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The view of the segment now.</returns>
    /// <exception cref="StorageException">The segment is damaged or cannot be read.</exception>
    public async ValueTask<SegmentView> LookAsync(SegmentView view, long length, CancellationToken cancellationToken)
    {
        if (view.IsClosed || (view.IsLoaded && length == view.Length))
        {
            return view;
        }

        if (length < view.ValidLength)
        {
            throw Damaged(view.Name, length, $"it had {view.ValidLength} bytes before");
        }

        var buffer = new SegmentBuffer(store, view.Name, length);
        view = view with { IsLoaded = true, Length = length };
        if (view.ValidLength == 0)
        {
            view = await ReadHeaderAsync(view, buffer, cancellationToken);
        }

        return view.IsClosed || view.ValidLength == 0 ? view : await ScanAsync(view, buffer, cancellationToken);
    }

    /// <summary>Reads the ends of a segment that others follow.</summary>
    /// <param name="view">The view of the segment so far.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The view of the segment, which is closed.</returns>
    /// <exception cref="StorageException">The segment is damaged or cannot be read.</exception>
    public async ValueTask<SegmentView> LoadClosedAsync(SegmentView view, CancellationToken cancellationToken)
    {
        if (view.IsClosed)
        {
            return view;
        }

        var buffer = new SegmentBuffer(store, view.Name, view.Length);
        var loaded = await ReadHeaderAsync(view, buffer, cancellationToken);
        if (!loaded.IsClosed && await ReadClosingAsync(loaded, buffer, cancellationToken) is { } closing)
        {
            loaded = loaded.ClosedAs(closing, view.Length);
        }

        return loaded.IsClosed ? loaded : throw Damaged(view.Name, view.Length, "another segment follows, but it is not closed");
    }

    /// <summary>Reads the records of a segment from one on, up to its valid length.</summary>
    /// <param name="view">The view of the segment.</param>
    /// <param name="from">The first position; the segment's own or later.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The records in order.</returns>
    /// <exception cref="StorageException">The segment is damaged or cannot be read.</exception>
    public async IAsyncEnumerable<LogRecord> ReadAsync(SegmentView view, ulong from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new SegmentBuffer(store, view.Name, view.ValidLength);
        var (expected, offset) = view.Before(from);
        while (offset < view.ValidLength)
        {
            var (state, record) = await ReadRecordAsync(view, buffer, offset, view.ValidLength, cancellationToken);
            if (state != RecordState.Whole || record.Position != expected)
            {
                throw Damaged(view.Name, offset, $"the record of position {expected} is not as it was written");
            }

            expected++;
            offset += SegmentFormat.SizeOf(record);
            if (record.Position >= from)
            {
                yield return record with { Bytes = record.Bytes.ToArray() };
            }
        }
    }

    public static StorageException Damaged(string name, long offset, string why) => new(
        $"Segment '{name}' is damaged at byte {offset}: {why}. Keep a copy of all segments, then restore them from a backup or from another member. Nothing was changed.");

    private static async ValueTask<(RecordState State, LogRecord Record)> ReadRecordAsync(
        SegmentView view,
        SegmentBuffer buffer,
        long offset,
        long end,
        CancellationToken cancellationToken)
    {
        var head = await buffer.PeekAsync(offset, (int)Math.Min(SegmentFormat.RecordHeaderSize, end - offset), cancellationToken);
        if (head.Length < SegmentFormat.RecordHeaderSize)
        {
            return (RecordState.Unfinished, default);
        }

        if (!SegmentFormat.TryReadHead(head.Span, view.Salt, offset, out var length, out var position, out var kind))
        {
            return (await HoleAsync(buffer, offset + SegmentFormat.RecordFieldsSize, end, cancellationToken), default);
        }

        var size = (long)SegmentFormat.RecordOverhead + length;
        if (size > end - offset)
        {
            return (RecordState.Unfinished, default);
        }

        if (size > Array.MaxLength)
        {
            return (RecordState.Damaged, default);
        }

        var bytes = await buffer.PeekAsync(offset, (int)size, cancellationToken);
        if (bytes.Length < size)
        {
            return (RecordState.Unfinished, default);
        }

        return SegmentFormat.IsWhole(bytes.Span, view.Salt, offset)
            ? (RecordState.Whole, new LogRecord(position, kind, bytes.Slice(SegmentFormat.RecordHeaderSize, length)))
            : (await HoleAsync(buffer, offset + size - SegmentFormat.CheckSize, end, cancellationToken), default);
    }

    // After a power failure a file may have its length but not its bytes. No check ends in zero, so that bytes which are zeros from a
    // check on were never acknowledged; anything else is damage.
    private static async ValueTask<RecordState> HoleAsync(SegmentBuffer buffer, long offset, long end, CancellationToken cancellationToken)
    {
        const int page = 64 << 10;
        for (; offset < end; offset += page)
        {
            var bytes = await buffer.PeekAsync(offset, (int)Math.Min(page, end - offset), cancellationToken);
            if (bytes.Span.ContainsAnyExcept((byte)0))
            {
                return RecordState.Damaged;
            }
        }

        return RecordState.Unfinished;
    }

    private static async ValueTask<SegmentView> ReadHeaderAsync(SegmentView view, SegmentBuffer buffer, CancellationToken cancellationToken)
    {
        var bytes = await buffer.PeekAsync(0, SegmentFormat.HeaderSize, cancellationToken);
        var version = SegmentFormat.ReadHeader(bytes.Span, view.Sequence, view.FirstPosition, out var salt);
        if (version is null)
        {
            // Nothing but a closing can follow a header that is not whole.
            if (await ReadClosingAsync(view, buffer, cancellationToken) is { } closing)
            {
                return view.ClosedAs(closing, view.Length);
            }

            for (long? end = view.Length; end > SegmentFormat.HeaderSize;)
            {
                end = await WithoutTornClosingAsync(view, buffer, end.Value, cancellationToken)
                    ?? throw Damaged(view.Name, 0, "its header is not as it was written");
            }

            return view;
        }

        return version == SegmentFormat.Version
            ? view with { Salt = salt, ValidLength = SegmentFormat.HeaderSize, Appends = 1 }
            : throw new StorageException(
                $"Segment '{view.Name}' has format {version}; this program reads {SegmentFormat.Version}. {(version > SegmentFormat.Version
                    ? "A newer version of Consortium wrote it. Start that version."
                    : "An older version of Consortium wrote it, in a form that is not read any more, so its chain cannot be carried over. Start that version to read it, or give empty storage to begin a new chain.")} Nothing was changed.");
    }

    private static async ValueTask<Closing?> ReadClosingAsync(SegmentView view, SegmentBuffer buffer, CancellationToken cancellationToken)
    {
        if (view.Length < SegmentFormat.TrailerSize)
        {
            return null;
        }

        var trailer = await buffer.PeekAsync(view.Length - SegmentFormat.TrailerSize, SegmentFormat.TrailerSize, cancellationToken);
        if (trailer.Length < SegmentFormat.TrailerSize
            || !SegmentFormat.TryReadTrailer(trailer.Span, out var length)
            || length > view.Length - view.ValidLength)
        {
            return null;
        }

        var offset = view.Length - length;
        var bytes = await buffer.PeekAsync(offset, length, cancellationToken);
        return bytes.Length == length
            && SegmentFormat.ReadClosing(bytes.Span, view.Salt, offset) is { } closing
            && closing.ValidLength <= offset
            && (view.ValidLength > 0 || closing.ValidLength == 0)
                ? closing
                : null;
    }

    /// <summary>Finds a closing that was not finished either, behind the remains of the append that it was to close after.</summary>
    /// <returns>Offset of the closing, or null when the last bytes are something else.</returns>
    private static async ValueTask<long?> WithoutTornClosingAsync(
        SegmentView view,
        SegmentBuffer buffer,
        long end,
        CancellationToken cancellationToken)
    {
        // Fewer bytes than this could be anything.
        const int least = 4;
        var size = SegmentFormat.Closing(view.NextPosition, view.ValidLength, view.Checkpoints, view.Salt, 0).Length;
        var most = (int)Math.Min(size - 1, end - view.ValidLength - 1);
        var bytes = await buffer.PeekAsync(end - Math.Max(most, 0), Math.Max(most, 0), cancellationToken);
        for (var start = 0; start <= bytes.Length - least; start++)
        {
            // The first bytes are the length; most offsets are ruled out by it.
            var offset = end - bytes.Length + start;
            if (BinaryPrimitives.ReadInt32BigEndian(bytes.Span[start..]) == size - SegmentFormat.TrailerSize - SegmentFormat.RecordOverhead
                && SegmentFormat.Closing(view.NextPosition, view.ValidLength, view.Checkpoints, view.Salt, offset).AsSpan().StartsWith(bytes.Span[start..]))
            {
                return offset;
            }
        }

        return null;
    }

    private async ValueTask<SegmentView> ScanAsync(SegmentView view, SegmentBuffer buffer, CancellationToken cancellationToken)
    {
        while (view.ValidLength < view.Length)
        {
            var (state, record) = await ReadRecordAsync(view, buffer, view.ValidLength, view.Length, cancellationToken);
            if (state == RecordState.Whole && record.Kind != SegmentFormat.CloseKind)
            {
                if (record.Position != view.NextPosition)
                {
                    throw Damaged(view.Name, view.ValidLength, $"position {record.Position} stands where {view.NextPosition} should");
                }

                var size = SegmentFormat.SizeOf(record);
                view = view.With(record.Position, size, AppendsOf(size));
                continue;
            }

            if (await ReadClosingAsync(view, buffer, cancellationToken) is { } closing)
            {
                return closing.ValidLength == view.ValidLength && closing.NextPosition == view.NextPosition
                    ? view.ClosedAs(closing, view.Length)
                    : throw Damaged(view.Name, view.ValidLength, $"it was closed with whole records up to byte {closing.ValidLength}");
            }

            for (var end = view.Length; state == RecordState.Damaged;)
            {
                end = await WithoutTornClosingAsync(view, buffer, end, cancellationToken)
                    ?? throw Damaged(view.Name, view.ValidLength, $"the record of position {view.NextPosition} is not as it was written");
                (state, _) = await ReadRecordAsync(view, buffer, view.ValidLength, end, cancellationToken);
            }

            return view;
        }

        return view;
    }

    private long AppendsOf(long size) => ((size - 1) / store.Limits.AppendBytes) + 1;
}
