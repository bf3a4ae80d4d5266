using System.Buffers.Binary;
using System.Numerics;

namespace Consortium.Ledger.Encoding;

/// <summary>Reads what <see cref="CanonicalWriter"/> wrote, and nothing else.</summary>
/// <remarks>The first bad byte sets <see cref="Failed"/>; everything read after it is empty, so callers check once.</remarks>
internal ref struct CanonicalReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether anything read so far was not canonical.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether all bytes were read and all of them were canonical.</summary>
    public readonly bool Succeeded => !Failed && _rest.IsEmpty;

    public byte Byte()
    {
        var span = Take(1);
        return span.IsEmpty ? (byte)0 : span[0];
    }

    public bool Flag()
    {
        var value = Byte();
        Failed |= value > 1;
        return value == 1;
    }

    public ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            var bits = (ulong)(next & 0x7f);
            if (shift == 63 && bits > 1)
            {
                break;
            }

            value |= bits << shift;
            if (next < 0x80)
            {
                Failed |= next == 0 && shift > 0;
                return value;
            }
        }

        Failed = true;
        return 0;
    }

    /// <summary>A number of at most <paramref name="max"/>.</summary>
    public ulong Unsigned(ulong max)
    {
        var value = Unsigned();
        Failed |= value > max;
        return Failed ? 0 : value;
    }

    /// <summary>Reads a count of items of at least one byte each; a count above the bytes left fails before memory is set aside for it.</summary>
    public int Count(int max)
    {
        var value = Unsigned();
        if (value > (ulong)max || value > (ulong)_rest.Length)
        {
            Failed = true;
            return 0;
        }

        return (int)value;
    }

    public Digest Digest()
    {
        var span = Take(Ledger.Digest.Size);
        return span.IsEmpty ? default : Ledger.Digest.FromBytes(span);
    }

    public ReadOnlySpan<byte> Bytes(int max) => Take(Count(max));

    public string Text(int max)
    {
        var text = Bytes(max);
        Failed |= !System.Text.Unicode.Utf8.IsValid(text);
        return Failed ? string.Empty : System.Text.Encoding.UTF8.GetString(text);
    }

    public UInt128 Integer()
    {
        var shortest = Shortest(16);
        Span<byte> full = stackalloc byte[16];
        full.Clear();
        shortest.CopyTo(full[(16 - shortest.Length)..]);
        return BinaryPrimitives.ReadUInt128BigEndian(full);
    }

    public Int128 Signed()
    {
        var negative = Flag();
        var magnitude = Integer();
        if (magnitude > (UInt128)Int128.MaxValue || (negative && magnitude == 0))
        {
            Failed = true;
            return 0;
        }

        return negative ? -(Int128)magnitude : (Int128)magnitude;
    }

    public BigInteger Big() => new(Shortest(64), isUnsigned: true, isBigEndian: true);

    private ReadOnlySpan<byte> Shortest(int max)
    {
        var count = Byte();
        if (count > max)
        {
            Failed = true;
            return default;
        }

        var span = Take(count);
        Failed |= span.Length > 0 && span[0] == 0;
        return span;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (Failed || count > _rest.Length)
        {
            Failed = true;
            return default;
        }

        var span = _rest[..count];
        _rest = _rest[count..];
        return span;
    }
}
