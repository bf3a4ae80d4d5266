using System.Buffers.Binary;
using Consortium.Ledger.Ids;

namespace Consortium.Ledger.Blocks;

/// <summary>One transaction that the duplicate window remembers.</summary>
/// <param name="Id">The transaction.</param>
/// <param name="ExpiryMs">End of the transaction's validity, UTC milliseconds.</param>
/// <param name="Position">Position of its batch.</param>
/// <param name="Index">Place in the batch.</param>
internal readonly record struct DuplicateWindowEntry(TransactionId Id, ulong ExpiryMs, ulong Position, int Index)
{
    /// <summary>Bytes of an entry in a snapshot.</summary>
    public const int Size = Digest.Size + 8 + 8 + 4;

    public static DuplicateWindowEntry Read(ReadOnlySpan<byte> bytes)
    {
        var numbers = bytes[Digest.Size..];
        return new DuplicateWindowEntry(
            new TransactionId(Digest.FromBytes(bytes[..Digest.Size])),
            BinaryPrimitives.ReadUInt64BigEndian(numbers),
            BinaryPrimitives.ReadUInt64BigEndian(numbers[8..]),
            BinaryPrimitives.ReadInt32BigEndian(numbers[16..]));
    }

    public void Write(Span<byte> bytes)
    {
        Id.Digest.CopyTo(bytes);
        var numbers = bytes[Digest.Size..];
        BinaryPrimitives.WriteUInt64BigEndian(numbers, ExpiryMs);
        BinaryPrimitives.WriteUInt64BigEndian(numbers[8..], Position);
        BinaryPrimitives.WriteInt32BigEndian(numbers[16..], Index);
    }
}
