using System.Buffers.Binary;
using System.Numerics;

namespace Consortium.Storage.Indexing;

/// <summary>The form of a chunk: a checksum, then entries in order, each key without what it shares with the one before.</summary>
/// <remarks>Entry: shared length, rest length and value length as LEB128, then the rest of the key and the value.</remarks>
internal static class Chunk
{
    public const int ChecksumSize = 4;

    /// <summary>Most bytes of a chunk with more than one entry: with its row it fills one page of 16 KiB.</summary>
    public const int SizeMax = 16_200;

    public static void Seal(Span<byte> chunk) =>
        BinaryPrimitives.WriteUInt32LittleEndian(chunk, Checksum(chunk[ChecksumSize..]));

    public static bool IsWhole(ReadOnlySpan<byte> chunk) =>
        chunk.Length > ChecksumSize && BinaryPrimitives.ReadUInt32LittleEndian(chunk) == Checksum(chunk[ChecksumSize..]);

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var rest in bytes)
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return crc;
    }
}
