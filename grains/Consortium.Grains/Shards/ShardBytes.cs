using System.Runtime.InteropServices;
using Consortium.Grains.Messages;
using Consortium.Ledger.State;

namespace Consortium.Grains.Shards;

/// <summary>Keys and values between the roles and the messages that carry them.</summary>
internal static class ShardBytes
{
    public static StateKey Key(ReadOnlyMemory<byte> bytes) => StateKey.TryRead(bytes.Span, out var key)
        ? key
        : throw new FormatException("A message between silos is damaged: it holds a state key that cannot be read.");

    public static IReadOnlyList<StateKey> Keys(Blobs blobs) => [.. blobs.ToList().Select(blob => Key(blob ?? default))];

    public static Blobs Keys(IReadOnlyList<StateKey> keys) => Blobs.From([.. keys.Select(key => (ReadOnlyMemory<byte>?)key.ToArray())]);

    public static IReadOnlyList<byte[]?> Values(Blobs blobs) => [.. blobs.ToList().Select(blob => blob?.ToArray())];

    public static Blobs Values(IReadOnlyList<byte[]?> values) =>
        Blobs.From([.. values.Select(value => value is null ? default(ReadOnlyMemory<byte>?) : value)]);

    public static IReadOnlyList<KeyValuePair<StateKey, byte[]>> Pairs(Blobs blobs)
    {
        var items = blobs.ToList();
        if (items.Count % 2 != 0)
        {
            throw new FormatException("A message between silos is damaged: it holds a key without a value.");
        }

        var pairs = new KeyValuePair<StateKey, byte[]>[items.Count / 2];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = KeyValuePair.Create(Key(items[2 * i] ?? default), (items[(2 * i) + 1] ?? default).ToArray());
        }

        return pairs;
    }

    public static Blobs Pairs(IReadOnlyList<KeyValuePair<StateKey, byte[]>> pairs) =>
        Blobs.From([.. pairs.SelectMany(pair => new ReadOnlyMemory<byte>?[] { pair.Key.ToArray(), pair.Value })]);

    /// <summary>The bytes as an array, copied only when they are a part of one.</summary>
    public static byte[] Whole(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Array is { } array && segment.Offset == 0 && segment.Count == array.Length
            ? array
            : bytes.ToArray();
}
