using System.Security.Cryptography;
using Consortium.Ledger;
using Consortium.Ledger.Signatures;
using FsCheck;
using FsCheck.Fluent;

namespace Consortium.Tests.Primitives;

public sealed class P256Tests
{
    private static readonly byte[] Message = "deliver against payment"u8.ToArray();

    private static readonly byte[] Order =
        Convert.FromHexString("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

    [Fact]
    public void Signatures_are_low_and_verify_for_their_message_and_key_alone()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] publicKey = P256.PublicKeyOf(key);
        for (int i = 0; i < 32; i++)
        {
            byte[] signature = P256.Sign(key, Message);
            Assert.True(P256.IsLowS(signature));
            Assert.True(P256.Verify(publicKey, Message, signature));
            Assert.True(P256.VerifyDigest(publicKey, Digest.Sha256(Message), signature));
            Assert.False(P256.Verify(publicKey, "something else"u8, signature));
            Assert.False(P256.Verify(P256.PublicKeyOf(other), Message, signature));
        }
    }

    [Fact]
    public void The_twin_of_a_signature_verifies_but_is_not_low_and_normalises_to_it()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] low = P256.Sign(key, Message);
        byte[] high = WithHighS(low);
        Assert.True(P256.Verify(P256.PublicKeyOf(key), Message, high));
        Assert.False(P256.IsLowS(high));
        P256.Normalize(high);
        Assert.Equal(low, high);
        P256.Normalize(high);
        Assert.Equal(low, high);
    }

    [Fact]
    public void Half_of_n_is_the_last_low_s()
    {
        byte[] half = Convert.FromHexString("7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8");
        byte[] signature = [.. new byte[31], 1, .. half];
        Assert.True(P256.IsLowS(signature));
        signature[^1]++;
        Assert.False(P256.IsLowS(signature));
        P256.Normalize(signature);
        Assert.Equal(half, signature[32..]);
    }

    [Fact]
    public void Numbers_outside_one_to_n_less_one_are_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] publicKey = P256.PublicKeyOf(key);
        byte[] one = [.. new byte[31], 1];
        byte[][] outside = [new byte[32], Order, [.. Enumerable.Repeat((byte)0xff, 32)]];
        foreach (byte[] number in outside)
        {
            foreach (byte[] signature in (byte[][])[[.. number, .. one], [.. one, .. number]])
            {
                Assert.False(P256.IsInRange(signature));
                Assert.False(P256.IsLowS(signature));
                Assert.False(P256.Verify(publicKey, Message, signature));
                Assert.Throws<ArgumentException>(() => P256.Normalize(signature));
            }
        }

        byte[] largest = [.. Order];
        largest[^1]--;
        Assert.True(P256.IsInRange([.. largest, .. largest]));
    }

    [Fact]
    public void A_key_that_is_no_point_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] signature = P256.Sign(key, Message);
        byte[] publicKey = P256.PublicKeyOf(key);
        var cache = new P256VerifierCache();
        byte[] offCurve = [.. publicKey];
        offCurve[63] ^= 1;
        byte[] pastField = Convert.FromHexString(new string('f', 128));
        foreach (byte[] wrong in (byte[][])[offCurve, pastField, new byte[64], publicKey[1..], [4, .. publicKey], []])
        {
            Assert.False(P256.IsValidPublicKey(wrong));
            Assert.False(P256.Verify(wrong, Message, signature));
            Assert.False(cache.Verify(wrong, Message, signature));
            Assert.Throws<ArgumentException>(() => P256Encoding.ToSpki(wrong));
        }

        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void A_key_of_another_curve_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<ArgumentException>(() => P256.Sign(key, Message));
        Assert.Throws<ArgumentException>(() => P256.PublicKeyOf(key));
        Assert.False(P256Encoding.TryFromSpki(key.ExportSubjectPublicKeyInfo(), out _));
    }

    [Fact]
    public void Public_keys_travel_as_the_platform_writes_them()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] spki = key.ExportSubjectPublicKeyInfo();
        byte[] publicKey = P256.PublicKeyOf(key);
        Assert.Equal(spki, P256Encoding.ToSpki(publicKey));
        Assert.True(P256Encoding.TryFromSpki(spki, out byte[] read));
        Assert.Equal(publicKey, read);
        Assert.False(P256Encoding.TryFromSpki([.. spki, 0], out _));
        Assert.False(P256Encoding.TryFromSpki(spki.AsSpan()[..^1], out _));
        for (int i = 0; i < spki.Length; i++)
        {
            byte[] changed = [.. spki];
            changed[i] ^= 1;
            Assert.False(P256Encoding.TryFromSpki(changed, out byte[] none));
            Assert.Empty(none);
        }
    }

    [Fact]
    public void Der_signatures_of_the_platform_are_read()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        for (int i = 0; i < 64; i++)
        {
            byte[] der = key.SignData(Message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            Assert.True(P256Encoding.TryFromDer(der, out byte[] signature));
            Assert.True(P256.Verify(P256.PublicKeyOf(key), Message, signature));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("3000")]
    [InlineData("3003020101")] // one number
    [InlineData("300702020001020101")] // r padded
    [InlineData("300702010102020001")] // s padded
    [InlineData("3006020180020101")] // r negative
    [InlineData("3006020101020180")] // s negative
    [InlineData("30050200020101")] // r empty
    [InlineData("30050201010200")] // s empty
    [InlineData("300702010102010100")] // a byte after s
    [InlineData("3009020101020101020101")] // three numbers
    [InlineData("300602010102010100")] // a byte after the sequence
    [InlineData("3007020101020101")] // a byte short
    [InlineData("308106020101020101")] // length in the long form
    [InlineData("3106020101020101")] // a set
    [InlineData("3006030101020101")] // a bit string
    [InlineData("3026022101010101010101010101010101010101010101010101010101010101010101020101")] // r of 33 bytes
    public void Bytes_that_are_not_the_der_of_two_numbers_are_refused(string hex)
    {
        Assert.False(P256Encoding.TryFromDer(Convert.FromHexString(hex), out byte[] signature));
        Assert.Empty(signature);
    }

    [Fact]
    public void Short_numbers_of_der_are_padded_on_the_left()
    {
        Assert.True(P256Encoding.TryFromDer(Convert.FromHexString("3007020101020200ff"), out byte[] signature));
        Assert.Equal([.. new byte[31], 1, .. new byte[31], 0xff], signature);
    }

    [Fact]
    public void No_bytes_make_reading_or_verifying_throw() => Prop.ForAll<byte[], byte[]>((first, second) =>
        !P256.Verify(first, second, first)
        && (!P256Encoding.TryFromDer(first, out byte[] signature) || signature.Length == P256.SignatureSize))
        .QuickCheckThrowOnFailure();

    private static byte[] WithHighS(byte[] low)
    {
        var n = new System.Numerics.BigInteger(Order, isUnsigned: true, isBigEndian: true);
        var s = new System.Numerics.BigInteger(low.AsSpan(32), isUnsigned: true, isBigEndian: true);
        byte[] high = (n - s).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. low[..32], .. new byte[32 - high.Length], .. high];
    }
}
