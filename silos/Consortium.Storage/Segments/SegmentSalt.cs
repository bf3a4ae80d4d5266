using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Consortium.Storage.Segments;

/// <summary>Random bytes that enter every check of one segment, so that no record's contents can pass for the log's own marks.</summary>
/// <remarks><see langword="default"/> is the salt of a segment whose header was never finished.</remarks>
internal readonly record struct SegmentSalt(UInt128 Value)
{
    public const int Size = 16;

    public static SegmentSalt New()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        return Read(bytes);
    }

    public static SegmentSalt Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public void CopyTo(Span<byte> bytes) => BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
}
