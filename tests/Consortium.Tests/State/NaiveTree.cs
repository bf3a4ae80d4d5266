using System.Security.Cryptography;
using Consortium.Ledger;

namespace Consortium.Tests.State;

/// <summary>The definition of the state root, written down as plainly as possible.</summary>
internal static class NaiveTree
{
    public static Digest Root(IReadOnlyDictionary<Digest, byte[]> entries) =>
        Digest.FromBytes(Root([.. entries], depth: 0));

    private static byte[] Root(List<KeyValuePair<Digest, byte[]>> entries, int depth)
    {
        if (entries.Count == 0)
        {
            return new byte[32];
        }

        if (entries.Count == 1)
        {
            return SHA256.HashData([0, .. entries[0].Key.ToArray(), .. SHA256.HashData(entries[0].Value)]);
        }

        byte[] left = Root([.. entries.Where(entry => !GoesRight(entry.Key, depth))], depth + 1);
        byte[] right = Root([.. entries.Where(entry => GoesRight(entry.Key, depth))], depth + 1);
        return SHA256.HashData([1, .. left, .. right]);
    }

    private static bool GoesRight(Digest path, int depth) => (path.ToArray()[depth / 8] & (0x80 >> (depth % 8))) != 0;
}
