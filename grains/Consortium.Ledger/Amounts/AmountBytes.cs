using System.Buffers.Binary;

namespace Consortium.Ledger.Amounts;

/// <summary>The wire form of amounts: big-endian, shortest, so that one number has one form (SPEC.md section 1).</summary>
public static class AmountBytes
{
    /// <summary>Writes an unsigned amount.</summary>
    /// <param name="units">Smallest units.</param>
    /// <returns>0 to 16 bytes; zero is empty.</returns>
    public static byte[] FromUnsigned(UInt128 units)
    {
        Span<byte> buffer = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(buffer, units);
        return buffer.TrimStart((byte)0).ToArray();
    }

    /// <summary>Reads an unsigned amount.</summary>
    /// <param name="bytes">The wire form.</param>
    /// <param name="units">Smallest units, or zero.</param>
    /// <returns>Whether the bytes are the shortest form of a number below 2^128.</returns>
    public static bool TryReadUnsigned(ReadOnlySpan<byte> bytes, out UInt128 units)
    {
        units = default;
        if (bytes.Length > 16 || (bytes.Length > 0 && bytes[0] == 0))
        {
            return false;
        }

        Span<byte> buffer = stackalloc byte[16];
        buffer.Clear();
        bytes.CopyTo(buffer[(16 - bytes.Length)..]);
        units = BinaryPrimitives.ReadUInt128BigEndian(buffer);
        return true;
    }

    /// <summary>Writes a signed amount.</summary>
    /// <param name="units">Smallest units.</param>
    /// <returns>0 to 16 bytes of two's complement; zero is empty.</returns>
    public static byte[] FromSigned(Int128 units)
    {
        Span<byte> buffer = stackalloc byte[16];
        BinaryPrimitives.WriteInt128BigEndian(buffer, units);
        var start = 0;
        while (start < 16 && IsRedundant(buffer[start..]))
        {
            start++;
        }

        return units == 0 ? [] : buffer[start..].ToArray();
    }

    /// <summary>Reads a signed amount.</summary>
    /// <param name="bytes">The wire form.</param>
    /// <param name="units">Smallest units, or zero.</param>
    /// <returns>Whether the bytes are the shortest two's complement form of a number of at most 128 bits.</returns>
    public static bool TryReadSigned(ReadOnlySpan<byte> bytes, out Int128 units)
    {
        units = default;
        if (bytes.Length > 16 || (bytes.Length > 0 && IsRedundant(bytes)) || (bytes.Length == 1 && bytes[0] == 0))
        {
            return false;
        }

        Span<byte> buffer = stackalloc byte[16];
        buffer.Fill(bytes.Length > 0 && bytes[0] >= 0x80 ? (byte)0xff : (byte)0);
        bytes.CopyTo(buffer[(16 - bytes.Length)..]);
        units = BinaryPrimitives.ReadInt128BigEndian(buffer);
        return true;
    }

    // A first byte says nothing when it only repeats the sign bit of the next.
    private static bool IsRedundant(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 1
        && ((bytes[0] == 0 && bytes[1] < 0x80) || (bytes[0] == 0xff && bytes[1] >= 0x80));
}
