using System.Security.Cryptography;
using System.Text;
using Consortium.Ledger.Signatures;

namespace Consortium.Tests.Ledger;

/// <summary>Key pairs that are the same in every run: the private scalar is the SHA-256 of a name.</summary>
internal static class Keys
{
    private static readonly Dictionary<string, (ECDsa Pair, PublicKey Public)> Made = new(StringComparer.Ordinal);

    public static PublicKey Of(string name) => Find(name).Public;

    public static byte[] Sign(string name, ReadOnlySpan<byte> message) => P256.Sign(Find(name).Pair, message);

    private static (ECDsa Pair, PublicKey Public) Find(string name)
    {
        lock (Made)
        {
            if (!Made.TryGetValue(name, out var key))
            {
                var pair = ECDsa.Create(new ECParameters
                {
                    Curve = ECCurve.NamedCurves.nistP256,
                    D = SHA256.HashData(Encoding.UTF8.GetBytes("consortium test key " + name)),
                });
                Assert.True(PublicKey.TryRead(P256.PublicKeyOf(pair), out var publicKey));
                Made[name] = key = (pair, publicKey);
            }

            return key;
        }
    }
}
