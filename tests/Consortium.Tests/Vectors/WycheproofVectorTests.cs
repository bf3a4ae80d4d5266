using System.Text.Json;
using Consortium.Ledger.Signatures;
using Xunit.Abstractions;

namespace Consortium.Tests.Vectors;

public sealed class WycheproofVectorTests(ITestOutputHelper output)
{
    [Fact]
    public void Fixed_size_signatures_are_judged_as_published() =>
        Check("ecdsa_secp256r1_sha256_p1363_test.json", P256.Verify);

    [Fact]
    public void Fixed_size_signatures_are_judged_as_published_when_keys_are_kept()
    {
        var cache = new P256VerifierCache(8);
        Check("ecdsa_secp256r1_sha256_p1363_test.json", cache.Verify);
        Check("ecdsa_secp256r1_sha256_p1363_test.json", cache.Verify);
    }

    [Fact]
    public void Der_signatures_are_judged_as_published() => Check(
        "ecdsa_secp256r1_sha256_test.json",
        (publicKey, message, der) =>
            P256Encoding.TryFromDer(der, out byte[] signature) && P256.Verify(publicKey, message, signature));

    [Fact]
    public void Valid_signatures_stay_valid_when_normalised() => Check(
        "ecdsa_secp256r1_sha256_p1363_test.json",
        (publicKey, message, signature) =>
        {
            if (!P256.IsInRange(signature))
            {
                return false;
            }

            byte[] normalised = signature.ToArray();
            P256.Normalize(normalised);
            Assert.True(P256.IsLowS(normalised));
            return P256.Verify(publicKey, message, normalised);
        });

    private void Check(string name, Verifier verify)
    {
        foreach (string file in VectorFiles.Find(output, "wycheproof", name))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            foreach (JsonElement group in document.RootElement.GetProperty("testGroups").EnumerateArray())
            {
                JsonElement key = group.GetProperty("publicKey");
                byte[] publicKey = Convert.FromHexString(key.GetProperty("uncompressed").GetString()!)[1..];
                byte[] spki = Convert.FromHexString(group.GetProperty("publicKeyDer").GetString()!);
                Assert.True(P256Encoding.TryFromSpki(spki, out byte[] imported));
                Assert.Equal(publicKey, imported);
                Assert.Equal(spki, P256Encoding.ToSpki(publicKey));
                foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
                {
                    CheckOne(publicKey, test, verify);
                }
            }
        }
    }

    private static void CheckOne(byte[] publicKey, JsonElement test, Verifier verify)
    {
        byte[] message = Convert.FromHexString(test.GetProperty("msg").GetString()!);
        byte[] signature = Convert.FromHexString(test.GetProperty("sig").GetString()!);
        string result = test.GetProperty("result").GetString()!;
        bool verdict = verify(publicKey, message, signature);
        Assert.True(
            result == "acceptable" || verdict == (result == "valid"),
            $"test {test.GetProperty("tcId")} ({test.GetProperty("comment")}) is {result}, judged {verdict}");
    }

    private delegate bool Verifier(
        ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
