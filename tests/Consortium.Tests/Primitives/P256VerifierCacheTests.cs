using System.Security.Cryptography;
using Consortium.Ledger.Signatures;

namespace Consortium.Tests.Primitives;

public sealed class P256VerifierCacheTests
{
    private static readonly byte[] Message = "a message"u8.ToArray();

    [Fact]
    public void A_key_is_imported_once_and_answers_the_same_every_time()
    {
        var cache = new P256VerifierCache();
        (byte[] publicKey, byte[] signature) = Signer();
        for (int i = 0; i < 3; i++)
        {
            Assert.True(cache.Verify(publicKey, Message, signature));
            Assert.False(cache.Verify(publicKey, "another"u8, signature));
            Assert.Equal(1, cache.Count);
        }
    }

    [Fact]
    public void No_more_keys_are_kept_than_the_capacity()
    {
        var cache = new P256VerifierCache(4);
        (byte[] PublicKey, byte[] Signature)[] signers = [.. Enumerable.Range(0, 20).Select(_ => Signer())];
        foreach ((byte[] publicKey, byte[] signature) in signers.Concat(signers.Reverse()))
        {
            Assert.True(cache.Verify(publicKey, Message, signature));
            Assert.InRange(cache.Count, 1, 4);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new P256VerifierCache(1));
    }

    [Fact]
    public void A_key_in_use_outlives_many_that_are_used_once()
    {
        var cache = new P256VerifierCache(4);
        (byte[] busyKey, byte[] busySignature) = Signer();
        Assert.True(cache.Verify(busyKey, Message, busySignature));
        for (int i = 0; i < 20; i++)
        {
            (byte[] publicKey, byte[] signature) = Signer();
            Assert.True(cache.Verify(publicKey, Message, signature));
            Assert.True(cache.Holds(busyKey));
            Assert.True(cache.Verify(busyKey, Message, busySignature));
        }
    }

    [Fact]
    public void A_key_that_is_not_used_is_forgotten()
    {
        var cache = new P256VerifierCache(4);
        (byte[] idleKey, byte[] idleSignature) = Signer();
        Assert.True(cache.Verify(idleKey, Message, idleSignature));
        for (int i = 0; i < 4; i++)
        {
            (byte[] publicKey, byte[] signature) = Signer();
            Assert.True(cache.Verify(publicKey, Message, signature));
        }

        Assert.False(cache.Holds(idleKey));
        Assert.True(cache.Verify(idleKey, Message, idleSignature));
    }

    [Fact]
    public async Task Many_threads_share_few_keys_while_generations_turn()
    {
        var cache = new P256VerifierCache(4);
        (byte[] PublicKey, byte[] Signature)[] signers = [.. Enumerable.Range(0, 8).Select(_ => Signer())];
        Task[] threads = [.. Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                (byte[] publicKey, byte[] signature) = signers[((thread * 3) + (i * 5)) % signers.Length];
                Assert.True(cache.Verify(publicKey, Message, signature));
                Assert.False(cache.Verify(publicKey, "another"u8, signature));
            }
        }))];
        await Task.WhenAll(threads);
        Assert.InRange(cache.Count, 1, 4);
    }

    private static (byte[] PublicKey, byte[] Signature) Signer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (P256.PublicKeyOf(key), P256.Sign(key, Message));
    }
}
