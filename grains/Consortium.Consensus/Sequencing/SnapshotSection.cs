using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Consortium.Consensus.Sequencing;

/// <summary>A piece of a snapshot: its owner's number, its length and its bytes. A stored part holds as many sections as fit.</summary>
/// <remarks>Their order: the manifest, the duplicate window's slices, then each shard's slices, shard by shard.</remarks>
/// <param name="Owner">The number of a shard, or <see cref="Manifest"/> or <see cref="Window"/>.</param>
/// <param name="Bytes">The bytes that the owner wrote.</param>
internal readonly record struct SnapshotSection(int Owner, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The owner of a <see cref="SnapshotManifest"/>.</summary>
    public const int Manifest = -2;

    /// <summary>The owner of a <see cref="WindowSlice"/>.</summary>
    public const int Window = -1;

    private const int HeadSize = 8;

    /// <summary>Bytes that the section takes in a part, its head included.</summary>
    public int Size => HeadSize + Bytes.Length;

    /// <summary>Reads the first section of a part.</summary>
    /// <param name="part">The part; afterwards, the bytes behind the section.</param>
    /// <param name="section">The section.</param>
    /// <returns>Whether the part began with a whole one.</returns>
    public static bool TryTake(ref ReadOnlyMemory<byte> part, out SnapshotSection section)
    {
        section = default;
        if (part.Length < HeadSize)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(part.Span[4..]);
        if (length < 0 || length > part.Length - HeadSize)
        {
            return false;
        }

        section = new SnapshotSection(BinaryPrimitives.ReadInt32BigEndian(part.Span), part.Slice(HeadSize, length));
        part = part[section.Size..];
        return true;
    }

    /// <summary>Reads all sections of a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="sections">Its sections in order, or <see langword="null"/>.</param>
    /// <returns>Whether every section was complete.</returns>
    public static bool TryReadAll(ReadOnlyMemory<byte> part, [NotNullWhen(true)] out IReadOnlyList<SnapshotSection>? sections)
    {
        var read = new List<SnapshotSection>();
        while (!part.IsEmpty)
        {
            if (!TryTake(ref part, out var section))
            {
                sections = null;
                return false;
            }

            read.Add(section);
        }

        sections = read;
        return true;
    }

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteInt32BigEndian(destination, Owner);
        BinaryPrimitives.WriteInt32BigEndian(destination[4..], Bytes.Length);
        Bytes.Span.CopyTo(destination[HeadSize..]);
    }
}
