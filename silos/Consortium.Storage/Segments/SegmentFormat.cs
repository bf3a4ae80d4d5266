using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Consortium.Storage.Segments;

/// <summary>The bytes of a segment.</summary>
/// <remarks>
/// <para>All numbers are big-endian. A check is the beginning of a SHA-256.</para>
/// <list type="bullet">
/// <item>Header, 52 bytes: magic (8), version (4), sequence (8), first position (8), salt (16), check of all before (8).</item>
/// <item>
/// Record: length of the contents (4), position (8), kind (1), check of these with salt and offset (4); contents; check of all of
/// the record with salt and offset (8).
/// </item>
/// <item>
/// Closing, the last bytes of a segment that is closed: a record of kind 255 at the position where the next segment begins, with the length
/// up to which the segment has whole records (8) and checkpoints of position (8) and offset (8); then the closing's length (4) and magic (8).
/// </item>
/// </list>
/// <para>
/// The last byte of a header or a record has its high bit set. So a hole in a file is not taken for a check, and the first bytes of a
/// closing, which have it not, are not taken for those that the remains before them lack.
/// </para>
/// <para>
/// Between the valid length and the closing stand the remains of an append that did not finish. A segment without a whole header
/// has valid length zero and is closed with a salt of zeros.
/// </para>
/// </remarks>
internal static class SegmentFormat
{
    /// <summary>The only version that is written and read. 1: checks could end in any byte.</summary>
    public const int Version = 2;
    public const int HeaderSize = 52;
    public const int RecordHeaderSize = 17;
    public const int CheckSize = 8;
    public const int RecordOverhead = RecordHeaderSize + CheckSize;
    public const int TrailerSize = 12;
    public const byte CloseKind = 255;

    public const int RecordFieldsSize = 13;

    private const int CheckpointSize = 16;
    private const byte EndMark = 0x80;

    private static ReadOnlySpan<byte> HeaderMagic => "CLsegmnt"u8;

    private static ReadOnlySpan<byte> TrailerMagic => "CLclosed"u8;

    /// <summary>Writes a header with a new salt.</summary>
    public static byte[] Header(long sequence, ulong firstPosition, out SegmentSalt salt)
    {
        byte[] bytes;
        do
        {
            salt = SegmentSalt.New();
            bytes = Header(sequence, firstPosition, salt);
        }
        while (bytes[^1] < EndMark);

        return bytes;
    }

    private static byte[] Header(long sequence, ulong firstPosition, SegmentSalt salt)
    {
        var bytes = new byte[HeaderSize];
        HeaderMagic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(12), sequence);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(20), firstPosition);
        salt.CopyTo(bytes.AsSpan(28));
        SHA256.HashData(bytes.AsSpan(0, HeaderSize - CheckSize)).AsSpan(0, CheckSize).CopyTo(bytes.AsSpan(HeaderSize - CheckSize));
        return bytes;
    }

    /// <summary>Reads a header.</summary>
    /// <returns>Its version; null when these are not the bytes of a whole header of that segment.</returns>
    public static int? ReadHeader(ReadOnlySpan<byte> bytes, long sequence, ulong firstPosition, out SegmentSalt salt)
    {
        salt = default;
        if (bytes.Length < HeaderSize
            || !bytes.StartsWith(HeaderMagic)
            || !SHA256.HashData(bytes[..(HeaderSize - CheckSize)]).AsSpan(0, CheckSize).SequenceEqual(bytes[(HeaderSize - CheckSize)..HeaderSize])
            || BinaryPrimitives.ReadInt64BigEndian(bytes[12..]) != sequence
            || BinaryPrimitives.ReadUInt64BigEndian(bytes[20..]) != firstPosition)
        {
            return null;
        }

        salt = SegmentSalt.Read(bytes[28..]);
        return BinaryPrimitives.ReadInt32BigEndian(bytes[8..]);
    }

    /// <summary>Bytes that a record takes.</summary>
    public static long SizeOf(LogRecord record) => (long)RecordOverhead + record.Bytes.Length;

    /// <summary>Writes a record as it stands at an offset.</summary>
    public static void WriteRecord(LogRecord record, SegmentSalt salt, long offset, Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes, record.Bytes.Length);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[4..], record.Position);
        bytes[12] = record.Kind;
        HeadCheck(bytes[..RecordFieldsSize], salt, offset, bytes[RecordFieldsSize..RecordHeaderSize]);
        record.Bytes.Span.CopyTo(bytes[RecordHeaderSize..]);
        var end = RecordHeaderSize + record.Bytes.Length;
        FullCheck(bytes[..end], salt, offset, bytes.Slice(end, CheckSize));
    }

    /// <summary>Reads the beginning of a record.</summary>
    /// <returns>Whether it is one that was written at that offset.</returns>
    public static bool TryReadHead(ReadOnlySpan<byte> bytes, SegmentSalt salt, long offset, out int length, out ulong position, out byte kind)
    {
        Span<byte> check = stackalloc byte[RecordHeaderSize - RecordFieldsSize];
        length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        position = BinaryPrimitives.ReadUInt64BigEndian(bytes[4..]);
        kind = bytes[12];
        HeadCheck(bytes[..RecordFieldsSize], salt, offset, check);
        return length >= 0 && check.SequenceEqual(bytes[RecordFieldsSize..RecordHeaderSize]);
    }

    /// <summary>Whether a record's bytes are as they were written.</summary>
    /// <param name="bytes">The whole record.</param>
    /// <param name="salt">The segment's salt.</param>
    /// <param name="offset">Offset of the record in the segment, in bytes.</param>
    public static bool IsWhole(ReadOnlySpan<byte> bytes, SegmentSalt salt, long offset)
    {
        Span<byte> check = stackalloc byte[CheckSize];
        FullCheck(bytes[..^CheckSize], salt, offset, check);
        return check.SequenceEqual(bytes[^CheckSize..]);
    }

    /// <summary>Writes the record that closes a segment.</summary>
    /// <param name="next">The position that the next segment begins with.</param>
    /// <param name="validLength">Up to where the segment has whole records.</param>
    /// <param name="checkpoints">Positions and offsets of some records.</param>
    /// <param name="salt">The segment's salt.</param>
    /// <param name="offset">Offset at which the closing will be written, in bytes.</param>
    public static byte[] Closing(ulong next, long validLength, IReadOnlyList<Checkpoint> checkpoints, SegmentSalt salt, long offset)
    {
        var contents = new byte[8 + (CheckpointSize * checkpoints.Count)];
        BinaryPrimitives.WriteInt64BigEndian(contents, validLength);
        for (var i = 0; i < checkpoints.Count; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(contents.AsSpan(8 + (i * CheckpointSize)), checkpoints[i].Position);
            BinaryPrimitives.WriteInt64BigEndian(contents.AsSpan(16 + (i * CheckpointSize)), checkpoints[i].Offset);
        }

        var record = new LogRecord(next, CloseKind, contents);
        var size = (int)SizeOf(record);
        var bytes = new byte[size + TrailerSize];
        WriteRecord(record, salt, offset, bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(size), bytes.Length);
        TrailerMagic.CopyTo(bytes.AsSpan(size + 4));
        return bytes;
    }

    /// <summary>Reads the end of a segment.</summary>
    /// <param name="bytes">Its last <see cref="TrailerSize"/> bytes.</param>
    /// <param name="length">How many of its last bytes are the closing, if it is closed.</param>
    /// <returns>Whether it may be closed.</returns>
    public static bool TryReadTrailer(ReadOnlySpan<byte> bytes, out int length)
    {
        length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        return bytes[4..].SequenceEqual(TrailerMagic) && length >= RecordOverhead + 8 + TrailerSize;
    }

    /// <summary>Reads the record that closes a segment.</summary>
    /// <param name="bytes">The whole closing.</param>
    /// <param name="salt">The segment's salt.</param>
    /// <param name="offset">Offset of the closing in the segment, in bytes.</param>
    /// <returns>The closing, or null when there is none at that offset.</returns>
    public static Closing? ReadClosing(ReadOnlySpan<byte> bytes, SegmentSalt salt, long offset)
    {
        var record = bytes[..^TrailerSize];
        if (!TryReadHead(record, salt, offset, out var length, out var next, out var kind)
            || kind != CloseKind
            || length != record.Length - RecordOverhead
            || (length - 8) % CheckpointSize != 0
            || !IsWhole(record, salt, offset))
        {
            return null;
        }

        var contents = record.Slice(RecordHeaderSize, length);
        var checkpoints = new Checkpoint[(length - 8) / CheckpointSize];
        for (var i = 0; i < checkpoints.Length; i++)
        {
            checkpoints[i] = new Checkpoint(
                BinaryPrimitives.ReadUInt64BigEndian(contents[(8 + (i * CheckpointSize))..]),
                BinaryPrimitives.ReadInt64BigEndian(contents[(16 + (i * CheckpointSize))..]));
        }

        return new Closing(offset, next, BinaryPrimitives.ReadInt64BigEndian(contents), checkpoints);
    }

    private static void HeadCheck(ReadOnlySpan<byte> fields, SegmentSalt salt, long offset, Span<byte> check)
    {
        Span<byte> all = stackalloc byte[SegmentSalt.Size + 8 + RecordFieldsSize];
        Prefix(salt, offset, all);
        fields.CopyTo(all[(SegmentSalt.Size + 8)..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(all, digest);
        digest[..check.Length].CopyTo(check);
    }

    private static void FullCheck(ReadOnlySpan<byte> record, SegmentSalt salt, long offset, Span<byte> check)
    {
        Span<byte> prefix = stackalloc byte[SegmentSalt.Size + 8];
        Prefix(salt, offset, prefix);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(prefix);
        hash.AppendData(record);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        digest[..CheckSize].CopyTo(check);
        check[^1] |= EndMark;
    }

    private static void Prefix(SegmentSalt salt, long offset, Span<byte> bytes)
    {
        salt.CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes[SegmentSalt.Size..], offset);
    }
}
