using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Consortium.Storage.Indexing;

/// <summary>Goes through one run in order of key. Not for use by two threads.</summary>
/// <param name="run">The run.</param>
internal sealed class RunCursor(IRun run)
{
    private readonly byte[] _key = new byte[IndexKeys.SizeMax];
    private byte[]? _chunk;
    private int _number;
    private int _at;
    private int _keyLength;
    private int _valueLength;

    /// <summary>Valid until the next move.</summary>
    public ReadOnlySpan<byte> Key => _key.AsSpan(0, _keyLength);

    /// <summary>Valid until the next move.</summary>
    public ReadOnlySpan<byte> Value => _chunk.AsSpan(_at - _valueLength, _valueLength);

    /// <summary>Goes to the first entry.</summary>
    public bool First()
    {
        Load(0);
        return MoveNext();
    }

    /// <summary>Goes to the first entry whose key is not before a key.</summary>
    public bool Seek(ReadOnlySpan<byte> key)
    {
        Load(run.Find(key));
        while (MoveNext())
        {
            if (Key.SequenceCompareTo(key) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the last entry whose key is not past a key and begins as given.</summary>
    /// <returns>Whether there is one; the cursor stands somewhere after it.</returns>
    public bool TryFloor(ReadOnlySpan<byte> key, int prefixLength, out ulong height, out byte[] value)
    {
        (height, value) = (0, []);
        Load(run.Find(key));
        var (start, length) = (-1, 0);
        var chunk = _chunk;

        // The chunk found begins at or before the key, so the entry is in it or nowhere.
        while (ReferenceEquals(chunk, _chunk) && MoveNextInChunk() && Key.SequenceCompareTo(key) <= 0)
        {
            if (Key.StartsWith(key[..prefixLength]))
            {
                (start, length, height) = (_at - _valueLength, _valueLength, IndexKeys.HeightOf(Key));
            }
        }

        if (start < 0)
        {
            return false;
        }

        value = chunk.AsSpan(start, length).ToArray();
        return true;
    }

    public bool MoveNext()
    {
        while (!MoveNextInChunk())
        {
            if (_chunk is null)
            {
                return false;
            }

            Load(_number + 1);
        }

        return true;
    }

    private bool MoveNextInChunk()
    {
        if (_chunk is null || _at >= _chunk.Length)
        {
            return false;
        }

        var shared = Number();
        var rest = Number();
        _valueLength = Number();
        _chunk.AsSpan(_at, rest).CopyTo(_key.AsSpan(shared));
        _keyLength = shared + rest;
        _at += rest + _valueLength;
        return true;
    }

    private void Load(int number)
    {
        _number = number;
        _chunk = run.ReadChunk(number);
        (_at, _keyLength, _valueLength) = (Chunk.ChecksumSize, 0, 0);
        if (_chunk is not null && !Chunk.IsWhole(_chunk))
        {
            throw new SqliteException("a chunk does not match its checksum", raw.SQLITE_CORRUPT);
        }
    }

    private int Number()
    {
        int value = _chunk![_at++];
        if (value < 0x80)
        {
            return value;
        }

        value &= 0x7f;
        for (var shift = 7; ; shift += 7)
        {
            int next = _chunk[_at++];
            value |= (next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
