using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Consortium.Ledger;

namespace Consortium.Storage.Snapshots;

/// <summary>The list of a network's snapshots: the one record of grain storage that every change of them goes through.</summary>
/// <remarks>
/// Its bytes, big-endian: version (1), how many snapshots (4), each id (16), height (8), whole (1), how many parts (4), each length (4) and digest (32);
/// then the SHA-256 of all before.
/// </remarks>
/// <param name="Entries">The snapshots, newest first.</param>
internal sealed record SnapshotHead(IReadOnlyList<SnapshotEntry> Entries)
{
    private const byte Version = 1;
    private const int WholeMax = 2;

    public static SnapshotHead Empty { get; } = new([]);

    /// <summary>Decodes the record of grain storage that holds the head.</summary>
    /// <returns>The head, or null when the bytes are damaged.</returns>
    public static SnapshotHead? Decode(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < Digest.Size || !SHA256.HashData(bytes.Span[..^Digest.Size]).AsSpan().SequenceEqual(bytes.Span[^Digest.Size..]))
        {
            return null;
        }

        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(bytes[..^Digest.Size]));
        if (!reader.TryRead(out var version) || version != Version || !reader.TryReadBigEndian(out int count))
        {
            return null;
        }

        var entries = new List<SnapshotEntry>();
        for (var i = 0; i < count; i++)
        {
            if (ReadEntry(ref reader) is not { } entry)
            {
                return null;
            }

            entries.Add(entry);
        }

        return reader.End ? new SnapshotHead(entries) : null;
    }

    public byte[] Encode()
    {
        var writer = new ArrayBufferWriter<byte>();
        writer.Write([Version]);
        WriteCount(writer, Entries.Count);
        foreach (var entry in Entries)
        {
            entry.Id.TryWriteBytes(writer.GetSpan(16), bigEndian: true, out _);
            writer.Advance(16);
            BinaryPrimitives.WriteUInt64BigEndian(writer.GetSpan(8), entry.Height);
            writer.Advance(8);
            writer.Write([entry.IsWhole ? (byte)1 : (byte)0]);
            WriteCount(writer, entry.Parts.Count);
            foreach (var part in entry.Parts)
            {
                WriteCount(writer, part.Length);
                part.Digest.CopyTo(writer.GetSpan(Digest.Size));
                writer.Advance(Digest.Size);
            }
        }

        writer.Write(SHA256.HashData(writer.WrittenSpan));
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>The head when a writer begins.</summary>
    public SnapshotHead WithBegun(SnapshotEntry entry) => Sorted(Entries.Append(entry with { IsWhole = false }));

    /// <summary>The head after a writer has written all parts: the newest two whole snapshots stay, and those begun for later blocks.</summary>
    public SnapshotHead WithWhole(SnapshotEntry entry)
    {
        // Of one block one snapshot is enough, and what was begun for an earlier block will not be among the newest two.
        var others = Entries.Where(other => other.Id != entry.Id && (other.IsWhole ? other.Height != entry.Height : other.Height >= entry.Height)).ToArray();
        var whole = others.Where(other => other.IsWhole).Append(entry with { IsWhole = true }).OrderByDescending(other => other.Height).Take(WholeMax);
        return Sorted(whole.Concat(others.Where(other => !other.IsWhole)));
    }

    private static SnapshotHead Sorted(IEnumerable<SnapshotEntry> entries) =>
        new([.. entries.OrderByDescending(entry => entry.Height)]);

    private static SnapshotEntry? ReadEntry(ref SequenceReader<byte> reader)
    {
        Span<byte> id = stackalloc byte[16];
        if (!reader.TryCopyTo(id))
        {
            return null;
        }

        reader.Advance(id.Length);
        if (!reader.TryReadBigEndian(out long height) || !reader.TryRead(out var whole) || !reader.TryReadBigEndian(out int count))
        {
            return null;
        }

        var parts = new List<SnapshotPart>();
        Span<byte> digest = stackalloc byte[Digest.Size];
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadBigEndian(out int length) || !reader.TryCopyTo(digest))
            {
                return null;
            }

            reader.Advance(digest.Length);
            parts.Add(new SnapshotPart(length, Digest.FromBytes(digest)));
        }

        return new SnapshotEntry(new Guid(id, bigEndian: true), unchecked((ulong)height), whole == 1, parts);
    }

    private static void WriteCount(ArrayBufferWriter<byte> writer, int count)
    {
        BinaryPrimitives.WriteInt32BigEndian(writer.GetSpan(4), count);
        writer.Advance(4);
    }
}
