using System.Runtime.InteropServices;

namespace Consortium.Ledger.State;

/// <summary>Reads a path as 256 decisions from the root down: a zero bit goes left, a one bit right.</summary>
internal static class StatePath
{
    /// <summary>Bits in a path, so also the most inner nodes above a leaf.</summary>
    public const int BitCount = 256;

    /// <summary>Bits that <see cref="Prefix"/> returns.</summary>
    public const int PrefixBitCount = 64;

    /// <summary>The side taken at a depth: 0 is left, 1 is right.</summary>
    public static int Side(in Digest path, int depth) =>
        (int)((Words(in path)[depth / PrefixBitCount] >> (PrefixBitCount - 1 - (depth % PrefixBitCount))) & 1);

    /// <summary>The first 64 bits, the first one weighing most.</summary>
    public static ulong Prefix(in Digest path) => Words(in path)[0];

    /// <summary>Whether two paths take the same sides at every depth below <paramref name="depth"/>.</summary>
    public static bool SharePrefix(in Digest left, in Digest right, int depth)
    {
        ReadOnlySpan<ulong> leftWords = Words(in left);
        ReadOnlySpan<ulong> rightWords = Words(in right);
        int whole = depth / PrefixBitCount;
        int rest = depth % PrefixBitCount;
        return leftWords[..whole].SequenceEqual(rightWords[..whole])
            && (rest == 0 || (leftWords[whole] ^ rightWords[whole]) >> (PrefixBitCount - rest) == 0);
    }

    /// <summary>A digest holds its bytes as four words, each with its first byte weighing most.</summary>
    private static ReadOnlySpan<ulong> Words(in Digest path) =>
        MemoryMarshal.Cast<Digest, ulong>(new ReadOnlySpan<Digest>(in path));
}
