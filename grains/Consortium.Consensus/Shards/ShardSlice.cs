using System.Buffers.Binary;
using Consortium.Ledger.State;

namespace Consortium.Consensus.Shards;

/// <summary>The binary form of some entries of a shard's state: for each, length and bytes of key and value.</summary>
/// <remarks>Small enough for one message between silos, and to be no large object that only a full collection frees.</remarks>
internal static class ShardSlice
{
    /// <summary>Bytes after which a slice is ended; the last entry may go beyond.</summary>
    public const int BytesEnough = 64 << 10;

    private const int LengthSize = 4;

    /// <summary>Writes entries.</summary>
    /// <param name="entries">Keys and values.</param>
    /// <returns>Bytes for <see cref="TryRead"/>.</returns>
    public static byte[] Write(IReadOnlyList<(byte[] Key, byte[] Value)> entries)
    {
        var size = 0;
        foreach (var (key, value) in entries)
        {
            size += Size(key, value);
        }

        var bytes = new byte[size];
        var rest = bytes.AsSpan();
        foreach (var (key, value) in entries)
        {
            rest = WriteBlob(WriteBlob(rest, key), value);
        }

        return bytes;
    }

    /// <summary>Writes the next entries of a snapshot.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <returns>A slice, or <see langword="null"/> when there are no more entries.</returns>
    public static byte[]? WriteNext(TreeSnapshot snapshot)
    {
        var entries = new List<(byte[] Key, byte[] Value)>();
        for (var size = 0; size < BytesEnough && snapshot.TryRead(out var key, out var value);)
        {
            entries.Add((key, value));
            size += Size(key, value);
        }

        return entries.Count == 0 ? null : Write(entries);
    }

    /// <summary>Reads entries.</summary>
    /// <param name="slice">The bytes.</param>
    /// <param name="entries">Receives keys and values.</param>
    /// <returns>Whether the bytes were whole.</returns>
    public static bool TryRead(ReadOnlySpan<byte> slice, ICollection<(byte[] Key, byte[] Value)> entries)
    {
        while (!slice.IsEmpty)
        {
            if (!TryReadBlob(ref slice, out var key) || !TryReadBlob(ref slice, out var value))
            {
                return false;
            }

            entries.Add((key, value));
        }

        return true;
    }

    private static int Size(byte[] key, byte[] value) => (2 * LengthSize) + key.Length + value.Length;

    private static Span<byte> WriteBlob(Span<byte> destination, byte[] blob)
    {
        BinaryPrimitives.WriteInt32BigEndian(destination, blob.Length);
        blob.CopyTo(destination[LengthSize..]);
        return destination[(LengthSize + blob.Length)..];
    }

    private static bool TryReadBlob(ref ReadOnlySpan<byte> source, out byte[] blob)
    {
        blob = [];
        if (source.Length < LengthSize)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(source);
        if (length < 0 || length > source.Length - LengthSize)
        {
            return false;
        }

        blob = source.Slice(LengthSize, length).ToArray();
        source = source[(LengthSize + length)..];
        return true;
    }
}
