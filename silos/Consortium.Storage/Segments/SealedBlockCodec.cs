using System.Buffers;
using System.Buffers.Binary;
using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Storage.Segments;

/// <summary>Encodes sealed blocks with their changes for the block log.</summary>
/// <remarks>
/// Big-endian: version (1); seal position (8); the seal's length (4) and wire form; how many transactions (4), each an id (32), position (8) and index (4);
/// how many changes (4), each the key's length (4) and canonical bytes, the value's length (4) and canonical bytes.
/// </remarks>
internal static class SealedBlockCodec
{
    private const byte Version = 1;

    public static byte[] Encode(SealedBlock block)
    {
        var writer = new ArrayBufferWriter<byte>(512 + (44 * block.Transactions.Count) + (256 * block.Changes.Count));
        writer.Write([Version]);
        WriteNumber(writer, block.SealPosition);
        WriteBytes(writer, block.Seal.ToArray());
        WriteCount(writer, block.Transactions.Count);
        foreach (var transaction in block.Transactions)
        {
            transaction.Id.Digest.CopyTo(writer.GetSpan(Digest.Size));
            writer.Advance(Digest.Size);
            WriteNumber(writer, transaction.Position);
            WriteCount(writer, transaction.Index);
        }

        WriteCount(writer, block.Changes.Count);
        foreach (var change in block.Changes)
        {
            WriteBytes(writer, change.Key.ToArray());
            WriteBytes(writer, change.Value.Encode());
        }

        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <returns>The block, or null when the bytes are something else.</returns>
    public static SealedBlock? Decode(ReadOnlyMemory<byte> bytes)
    {
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(bytes));
        if (!reader.TryRead(out var version)
            || version != Version
            || !reader.TryReadBigEndian(out long sealPosition)
            || !TryReadBytes(ref reader, out var sealBytes)
            || !BlockSeal.TryRead(sealBytes, out var seal)
            || ReadTransactions(ref reader) is not { } transactions
            || ReadChanges(ref reader) is not { } changes
            || !reader.End)
        {
            return null;
        }

        return new SealedBlock(seal, unchecked((ulong)sealPosition), transactions, changes);
    }

    private static List<IndexedTransaction>? ReadTransactions(ref SequenceReader<byte> reader)
    {
        const int size = Digest.Size + 8 + 4;
        if (!reader.TryReadBigEndian(out int count) || count < 0 || count > reader.Remaining / size)
        {
            return null;
        }

        var transactions = new List<IndexedTransaction>(count);
        for (var i = 0; i < count; i++)
        {
            var row = reader.UnreadSpan[..size];
            transactions.Add(new IndexedTransaction(
                new TransactionId(Digest.FromBytes(row[..Digest.Size])),
                BinaryPrimitives.ReadUInt64BigEndian(row[Digest.Size..]),
                BinaryPrimitives.ReadInt32BigEndian(row[(Digest.Size + 8)..])));
            reader.Advance(size);
        }

        return transactions;
    }

    private static List<StateChange>? ReadChanges(ref SequenceReader<byte> reader)
    {
        if (!reader.TryReadBigEndian(out int count) || count < 0 || count > reader.Remaining / 8)
        {
            return null;
        }

        var changes = new List<StateChange>(count);
        for (var i = 0; i < count; i++)
        {
            if (!TryReadBytes(ref reader, out var keyBytes)
                || !StateKey.TryRead(keyBytes, out var key)
                || !TryReadBytes(ref reader, out var valueBytes)
                || StateValue.Decode(key.Kind, valueBytes) is not { } value)
            {
                return null;
            }

            changes.Add(new StateChange(key, value));
        }

        return changes;
    }

    private static bool TryReadBytes(ref SequenceReader<byte> reader, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!reader.TryReadBigEndian(out int length) || length < 0 || length > reader.Remaining)
        {
            return false;
        }

        bytes = reader.UnreadSpan[..length];
        reader.Advance(length);
        return true;
    }

    private static void WriteBytes(ArrayBufferWriter<byte> writer, ReadOnlySpan<byte> bytes)
    {
        WriteCount(writer, bytes.Length);
        writer.Write(bytes);
    }

    private static void WriteCount(ArrayBufferWriter<byte> writer, int count)
    {
        BinaryPrimitives.WriteInt32BigEndian(writer.GetSpan(4), count);
        writer.Advance(4);
    }

    private static void WriteNumber(ArrayBufferWriter<byte> writer, ulong number)
    {
        BinaryPrimitives.WriteUInt64BigEndian(writer.GetSpan(8), number);
        writer.Advance(8);
    }
}
