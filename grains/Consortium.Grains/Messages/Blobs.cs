using System.Buffers.Binary;

namespace Consortium.Grains.Messages;

/// <summary>A list of byte strings, some of which may be absent, as one: a message then costs the same however many it carries.</summary>
/// <remarks>Each is a 32-bit big-endian length, or -1 where there is none, and its bytes. <see langword="default"/> has none.</remarks>
[GenerateSerializer]
[Alias("consortium.blobs")]
[Immutable]
public readonly struct Blobs
{
    private const int LengthSize = 4;

    [Id(0)]
    private readonly byte[]? _bytes;

    private Blobs(byte[] bytes) => _bytes = bytes;

    /// <summary>Packs byte strings.</summary>
    /// <param name="items">The byte strings; <see langword="null"/> for an absent one.</param>
    /// <returns>The list.</returns>
    public static Blobs From(IReadOnlyList<ReadOnlyMemory<byte>?> items)
    {
        var size = 0;
        for (var i = 0; i < items.Count; i++)
        {
            size = checked(size + LengthSize + (items[i]?.Length ?? 0));
        }

        var bytes = new byte[size];
        var rest = bytes.AsSpan();
        for (var i = 0; i < items.Count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(rest, items[i]?.Length ?? -1);
            rest = rest[LengthSize..];
            if (items[i] is { } item)
            {
                item.Span.CopyTo(rest);
                rest = rest[item.Length..];
            }
        }

        return new Blobs(bytes);
    }

    /// <summary>Unpacks without copying.</summary>
    /// <returns>The byte strings, in order.</returns>
    /// <exception cref="FormatException">The message is damaged.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>?> ToList()
    {
        var items = new List<ReadOnlyMemory<byte>?>();
        ReadOnlyMemory<byte> rest = _bytes;
        while (!rest.IsEmpty)
        {
            var length = rest.Length < LengthSize ? int.MinValue : BinaryPrimitives.ReadInt32BigEndian(rest.Span);
            if (length < -1 || length > rest.Length - LengthSize)
            {
                throw new FormatException("A message between silos is damaged: a length in it does not fit.");
            }

            // Typed, because a bare null would become empty bytes on its way through the conversion from arrays.
            items.Add(length < 0 ? default(ReadOnlyMemory<byte>?) : rest.Slice(LengthSize, length));
            rest = rest[(LengthSize + Math.Max(length, 0))..];
        }

        return items;
    }
}
