using System.Buffers.Binary;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Work;

namespace Consortium.Ledger.Blocks;

/// <summary>The fields that a block's hash commits to; the hash is their double SHA-256 (SPEC.md section 5).</summary>
/// <param name="Network">The network's id.</param>
/// <param name="Height">1 for the first block; genesis is 0.</param>
/// <param name="Previous">Hash of the block before; for the first block the network's id.</param>
/// <param name="TransactionsRoot">RFC 6962 root over the signed transactions, in order.</param>
/// <param name="ReceiptsRoot">RFC 6962 root over the receipts, in order.</param>
/// <param name="StateRoot">Root over the shards' state trees after the block's last batch.</param>
/// <param name="TimeMs">Time of the cut, UTC milliseconds; not before the last batch's.</param>
/// <param name="LastPosition">Journal position of the block's last batch, or of the block before's where there is none.</param>
/// <param name="TransactionCount">Transactions in the block.</param>
/// <param name="Producer">The member that did the work.</param>
/// <param name="TargetCompact">The target the hash must meet, as nBits.</param>
/// <param name="Nonce">The number that the producer's search found: with it the header's hash meets the target.</param>
public sealed record BlockHeader(
    Digest Network,
    ulong Height,
    Digest Previous,
    Digest TransactionsRoot,
    Digest ReceiptsRoot,
    Digest StateRoot,
    ulong TimeMs,
    ulong LastPosition,
    uint TransactionCount,
    MemberId Producer,
    uint TargetCompact,
    ulong Nonce)
{
    /// <summary>Bytes of the binary form.</summary>
    public const int Size = 4 + (6 * Digest.Size) + (3 * 8) + 4 + 4 + 8;

    /// <summary>Offset of the nonce in the binary form: last, so that hashing can start from a state before it.</summary>
    public const int NonceOffset = Size - 8;

    private const uint Version = 1;

    /// <summary>The block's hash.</summary>
    public Digest Hash => DoubleSha256.Hash(ToArray());

    /// <summary>Reads the binary form.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="header">The header, or <see langword="null"/>.</param>
    /// <returns>Whether the bytes are a header of this version.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out BlockHeader? header)
    {
        header = null;
        if (bytes.Length != Size || BinaryPrimitives.ReadUInt32BigEndian(bytes) != Version)
        {
            return false;
        }

        header = new BlockHeader(
            Digest.FromBytes(bytes.Slice(4, 32)),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[36..]),
            Digest.FromBytes(bytes.Slice(44, 32)),
            Digest.FromBytes(bytes.Slice(76, 32)),
            Digest.FromBytes(bytes.Slice(108, 32)),
            Digest.FromBytes(bytes.Slice(140, 32)),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[172..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[180..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[188..]),
            new MemberId(Digest.FromBytes(bytes.Slice(192, 32))),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[224..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[228..]));
        return true;
    }

    /// <summary>Writes the binary form: version 1, then the fields in order, numbers big-endian.</summary>
    /// <returns><see cref="Size"/> bytes.</returns>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Version);
        Network.CopyTo(bytes.AsSpan(4));
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(36), Height);
        Previous.CopyTo(bytes.AsSpan(44));
        TransactionsRoot.CopyTo(bytes.AsSpan(76));
        ReceiptsRoot.CopyTo(bytes.AsSpan(108));
        StateRoot.CopyTo(bytes.AsSpan(140));
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(172), TimeMs);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(180), LastPosition);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(188), TransactionCount);
        Producer.Digest.CopyTo(bytes.AsSpan(192));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(224), TargetCompact);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(NonceOffset), Nonce);
        return bytes;
    }
}
