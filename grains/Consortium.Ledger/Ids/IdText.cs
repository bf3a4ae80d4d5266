using Consortium.Ledger.Encoding;

namespace Consortium.Ledger.Ids;

/// <summary>The written form that all ids share: bech32m with a prefix that says what the id names.</summary>
internal static class IdText
{
    public static string Write(string prefix, Digest digest) => Bech32m.Encode(prefix, digest.ToArray());

    public static bool TryRead(string prefix, string? text, out Digest digest)
    {
        digest = default;
        if (text is null
            || !Bech32m.TryDecode(text, out var found, out var bytes)
            || !string.Equals(found, prefix, StringComparison.Ordinal)
            || bytes.Length != Digest.Size)
        {
            return false;
        }

        digest = Digest.FromBytes(bytes);
        return true;
    }
}
