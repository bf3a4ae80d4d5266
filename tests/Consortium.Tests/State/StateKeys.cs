using Consortium.Ledger;

namespace Consortium.Tests.State;

/// <summary>A small family of keys whose paths part at the top, in the middle and at the very last bit.</summary>
internal static class StateKeys
{
    public const int Count = 96;

    public static byte[] Key(int number) => [(byte)number, 0x6b];

    public static Digest Path(int number)
    {
        if (number % 3 == 0)
        {
            return Digest.Sha256(Key(number));
        }

        byte[] path = new byte[32];
        path.AsSpan().Fill(0xa5);
        path[number % 3 == 1 ? 31 : 8] = (byte)(number / 3);
        return Digest.FromBytes(path);
    }

    public static byte[] Value(int seed) => [.. Enumerable.Range(0, seed % 150).Select(i => unchecked((byte)(seed + i)))];
}
