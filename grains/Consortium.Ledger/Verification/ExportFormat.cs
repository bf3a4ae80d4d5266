using System.Buffers.Binary;

namespace Consortium.Ledger.Verification;

/// <summary>The framing of an exported chain (SPEC.md section 7).</summary>
public static class ExportFormat
{
    /// <summary>Bytes of a record's head: kind and length.</summary>
    public const int RecordHeadSize = 5;

    /// <summary>Most bytes of one record: a batch of 20,000 transactions of 3 KiB.</summary>
    public const int RecordBytesMax = 64 * 1024 * 1024;

    /// <summary>The first bytes of every export: name and version.</summary>
    public static ReadOnlySpan<byte> Magic => "CONSORTIUM CHAIN 1\n"u8;

    /// <summary>Writes a record's head.</summary>
    /// <param name="destination">At least <see cref="RecordHeadSize"/> bytes.</param>
    /// <param name="kind">The kind of the record.</param>
    /// <param name="length">Bytes that follow.</param>
    public static void WriteHead(Span<byte> destination, ExportRecordKind kind, int length)
    {
        Invariant.Holds(length is >= 0 and <= RecordBytesMax);
        destination[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(destination[1..], length);
    }

    /// <summary>Reads a record's head.</summary>
    /// <param name="head"><see cref="RecordHeadSize"/> bytes.</param>
    /// <param name="kind">The kind of the record.</param>
    /// <param name="length">Bytes that follow.</param>
    /// <returns>Whether the head is one that <see cref="WriteHead"/> writes.</returns>
    public static bool TryReadHead(ReadOnlySpan<byte> head, out ExportRecordKind kind, out int length)
    {
        kind = (ExportRecordKind)head[0];
        length = BinaryPrimitives.ReadInt32BigEndian(head[1..]);
        return kind is ExportRecordKind.Genesis or ExportRecordKind.Batch or ExportRecordKind.Seal or ExportRecordKind.End
            && length is >= 0 and <= RecordBytesMax;
    }
}
