namespace Consortium.Storage.Segments;

/// <summary>Reads a segment from front to back with few calls.</summary>
internal sealed class SegmentBuffer(ISegmentStore store, string name, long end)
{
    private const int FirstBytes = 128 << 10;
    private const int LastBytes = 4 << 20;

    private byte[] _buffer = [];
    private int _count;
    private long _offset;
    private int _ahead = FirstBytes;

    /// <summary>Bytes at an offset; valid until the next call.</summary>
    /// <returns>As many as asked for, or fewer where the end is.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(long offset, int count, CancellationToken cancellationToken)
    {
        count = (int)Math.Min(count, Math.Max(0, end - offset));
        if (count == 0)
        {
            return default;
        }

        if (offset < _offset || offset + count > _offset + _count)
        {
            await FillAsync(offset, count, cancellationToken);
        }

        var from = (int)(offset - _offset);
        return _buffer.AsMemory(from, Math.Min(count, _count - from));
    }

    private async Task FillAsync(long offset, int count, CancellationToken cancellationToken)
    {
        var kept = offset >= _offset && offset < _offset + _count ? (int)(_offset + _count - offset) : 0;
        var wanted = (int)Math.Min(Math.Max(count, kept + (long)_ahead), end - offset);
        var larger = wanted > _buffer.Length ? new byte[wanted] : _buffer;
        if (kept > 0)
        {
            _buffer.AsSpan((int)(offset - _offset), kept).CopyTo(larger);
        }

        (_buffer, _offset, _count) = (larger, offset, kept);
        _count += await store.ReadAsync(name, offset + kept, larger.AsMemory(kept, wanted - kept), cancellationToken);
        _ahead = Math.Min(_ahead * 2, LastBytes);
    }
}
