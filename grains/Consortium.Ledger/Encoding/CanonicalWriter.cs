using System.Buffers.Binary;
using System.Numerics;

namespace Consortium.Ledger.Encoding;

/// <summary>Writes state values in their one binary form (SPEC.md section 4).</summary>
/// <remarks>Grows past the buffer it was given. Not for use by two threads.</remarks>
internal ref struct CanonicalWriter(Span<byte> initial)
{
    private Span<byte> _buffer = initial;
    private int _length;

    public readonly byte[] ToArray() => _buffer[.._length].ToArray();

    public void Byte(byte value) => Reserve(1)[0] = value;

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>LEB128, shortest form.</summary>
    public void Unsigned(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)((value & 0x7f) | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    public void Digest(Digest value) => value.CopyTo(Reserve(Ledger.Digest.Size));

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Unsigned((ulong)value.Length);
        value.CopyTo(Reserve(value.Length));
    }

    public void Text(string value)
    {
        var count = System.Text.Encoding.UTF8.GetByteCount(value);
        Unsigned((ulong)count);
        System.Text.Encoding.UTF8.GetBytes(value, Reserve(count));
    }

    /// <summary>One length byte, then the shortest big-endian form.</summary>
    public void Integer(UInt128 value)
    {
        Span<byte> full = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(full, value);
        var shortest = full.TrimStart((byte)0);
        Byte((byte)shortest.Length);
        shortest.CopyTo(Reserve(shortest.Length));
    }

    /// <summary>A sign byte (0 or 1), then the magnitude.</summary>
    public void Signed(Int128 value)
    {
        Flag(value < 0);
        Integer(value < 0 ? (UInt128)(-value) : (UInt128)value);
    }

    /// <summary>One length byte, then the shortest big-endian form.</summary>
    public void Big(BigInteger value)
    {
        var count = value.IsZero ? 0 : value.GetByteCount(isUnsigned: true);
        Byte(checked((byte)count));
        if (count > 0)
        {
            value.TryWriteBytes(Reserve(count), out _, isUnsigned: true, isBigEndian: true);
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (_length + count > _buffer.Length)
        {
            var larger = new byte[Math.Max(_buffer.Length * 2, _length + count)];
            _buffer[.._length].CopyTo(larger);
            _buffer = larger;
        }

        var span = _buffer.Slice(_length, count);
        _length += count;
        return span;
    }
}
