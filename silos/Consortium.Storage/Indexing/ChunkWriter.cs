namespace Consortium.Storage.Indexing;

/// <summary>Cuts entries that come in order of key into chunks; a key that comes twice is kept once.</summary>
/// <param name="take">Takes the first key and the bytes of each chunk.</param>
internal sealed class ChunkWriter(Action<byte[], byte[]> take)
{
    private readonly byte[] _last = new byte[IndexKeys.SizeMax];
    private byte[] _buffer = new byte[Chunk.SizeMax];
    private byte[] _first = [];
    private int _lastLength;
    private int _length = Chunk.ChecksumSize;

    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var shared = key.CommonPrefixLength(_last.AsSpan(0, _lastLength));
        if (shared == key.Length && shared == _lastLength)
        {
            return;
        }

        var rest = key.Length - shared;
        var bytes = 9 + rest + value.Length;
        if (_length + bytes > Chunk.SizeMax && _length > Chunk.ChecksumSize)
        {
            End();
        }

        if (_length == Chunk.ChecksumSize)
        {
            (_first, shared, rest) = (key.ToArray(), 0, key.Length);
        }

        var needed = _length + 9 + rest + value.Length;
        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, needed);
        }

        Number(shared);
        Number(rest);
        Number(value.Length);
        key[shared..].CopyTo(_buffer.AsSpan(_length));
        value.CopyTo(_buffer.AsSpan(_length + rest));
        _length += rest + value.Length;
        key.CopyTo(_last);
        _lastLength = key.Length;
    }

    /// <summary>Hands over the last chunk, if there is one.</summary>
    public void End()
    {
        if (_length > Chunk.ChecksumSize)
        {
            var chunk = _buffer.AsSpan(0, _length).ToArray();
            Chunk.Seal(chunk);
            take(_first, chunk);
            _length = Chunk.ChecksumSize;
        }
    }

    private void Number(int value)
    {
        var rest = (uint)value;
        while (rest >= 0x80)
        {
            _buffer[_length++] = (byte)((rest & 0x7f) | 0x80);
            rest >>= 7;
        }

        _buffer[_length++] = (byte)rest;
    }
}
