using System.Numerics;
using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;

namespace Consortium.Consensus.Sequencing;

/// <summary>The sequencer's own part of a snapshot: its knowledge of the chain after a sealed block, beside the shards' state.</summary>
/// <param name="Seal">The block's sealed header.</param>
/// <param name="SealPosition">Its journal position.</param>
/// <param name="TotalWork">Work of all blocks up to it.</param>
/// <param name="Final">The highest final block.</param>
/// <param name="Pending">Sealed blocks that were not final.</param>
/// <param name="WindowCount">Transactions in the duplicate window, which follows.</param>
internal sealed record SnapshotManifest(
    BlockSeal Seal,
    ulong SealPosition,
    BigInteger TotalWork,
    BuriedBlock? Final,
    IReadOnlyList<BuriedBlock> Pending,
    int WindowCount)
{
    // 2: ends with a digest. The state is checked against its block's root, but nothing else vouches for the rest.
    // 3: the duplicate window follows in slices.
    private const int Version = 3;

    /// <summary>Reads the manifest of a snapshot: its first section.</summary>
    public static async ValueTask<SnapshotManifest?> TryReadAsync(IStoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (snapshot.PartCount == 0 || await snapshot.ReadAsync(part: 0, cancellationToken) is not { } part)
        {
            return null;
        }

        return SnapshotSection.TryTake(ref part, out var section) && section.Owner == SnapshotSection.Manifest
            ? TryRead(section.Bytes)
            : null;
    }

    public static SnapshotManifest? TryRead(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < Digest.Size || Digest.Sha256(bytes.Span[..^Digest.Size]) != Digest.FromBytes(bytes.Span[^Digest.Size..]))
        {
            return null;
        }

        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes[..^Digest.Size].ToArray(), writable: false));
            if (reader.ReadInt32() != Version || !BlockSeal.TryRead(ReadBlob(reader), out var seal))
            {
                return null;
            }

            var sealPosition = reader.ReadUInt64();
            var totalWork = new BigInteger(ReadBlob(reader));
            var final = reader.ReadBoolean() ? ReadBlock(reader) : null;
            var pending = new List<BuriedBlock>();
            for (var count = reader.ReadInt32(); count > 0; count--)
            {
                pending.Add(ReadBlock(reader));
            }

            return new SnapshotManifest(seal, sealPosition, totalWork, final, pending, reader.ReadInt32());
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    public byte[] ToArray()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Version);
        WriteBlob(writer, Seal.ToArray());
        writer.Write(SealPosition);
        WriteBlob(writer, TotalWork.ToByteArray());
        writer.Write(Final is not null);
        if (Final is not null)
        {
            WriteBlock(writer, Final);
        }

        writer.Write(Pending.Count);
        foreach (var block in Pending)
        {
            WriteBlock(writer, block);
        }

        writer.Write(WindowCount);
        writer.Flush();
        var content = stream.ToArray();
        return [.. content, .. Digest.Sha256(content).ToArray()];
    }

    private static BuriedBlock ReadBlock(BinaryReader reader) =>
        new(reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), new BigInteger(ReadBlob(reader)));

    private static void WriteBlock(BinaryWriter writer, BuriedBlock block)
    {
        writer.Write(block.Height);
        writer.Write(block.LastPosition);
        writer.Write(block.TimeMs);
        WriteBlob(writer, block.Work.ToByteArray());
    }

    private static byte[] ReadBlob(BinaryReader reader)
    {
        var length = reader.ReadInt32();
        if (length < 0 || length > reader.BaseStream.Length - reader.BaseStream.Position)
        {
            throw new EndOfStreamException();
        }

        return reader.ReadBytes(length);
    }

    private static void WriteBlob(BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }
}
