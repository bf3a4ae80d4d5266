using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;

namespace Consortium.Tests.Simulation;

public sealed class SimulatedSignaturesTests
{
    // Computed apart from this code, with Python's hashlib and pow.
    private const string FirstKey =
        "8005f02d43fa06e7d0585fb64c961d57e318b27a145c857bcd3a6bdb413ff7fc" +
        "dc1cac03820e61b4869f0764c0ee8707947a8556ed04bb8e73c3e589ab587408";

    private const string FirstHalf = "0e438359ea9d9f3d3a246cab455992293b9502b12ffc41cdf1630f99e3cf775f";

    private static readonly Genesis Genesis = SimulatedGenesis.Make(
        memberCount: 4,
        shardCount: 16,
        TimeSpan.FromSeconds(1),
        targetCompact: 0x207fffff,
        TimeSpan.FromMinutes(1),
        finalityBlocks: 3,
        TimeSpan.FromHours(1),
        DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));

    [Fact]
    public void A_signature_passes_where_stand_ins_are_asked_for()
    {
        Assert.Null(TransactionCodec.TryCheck(Signed(), Genesis.Network, new SimulatedSignatures(), out var transaction));
        Assert.Equal([SimulatedGenesis.AuthorityKey(0).PublicKey, SimulatedGenesis.CustomerKey(0).PublicKey], transaction!.Signers);
    }

    [Fact]
    public void Any_changed_bit_is_refused()
    {
        var signed = Signed();
        var verifier = new SimulatedSignatures();
        for (var bit = 0; bit < 8 * signed.Length; bit++)
        {
            signed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotNull(TransactionCodec.TryCheck(signed, Genesis.Network, verifier, out _));
            signed[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Any_changed_bit_of_key_message_or_signature_is_found()
    {
        var key = SimulatedKeys.At(0);
        byte[] message = [1, 2, 3];
        byte[] all = [.. key.PublicKey.ToArray(), .. key.Sign(message), .. message];
        Assert.True(Verify(all));
        for (var bit = 0; bit < 8 * all.Length; bit++)
        {
            all[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Verify(all));
            all[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        static bool Verify(ReadOnlySpan<byte> all) => new SimulatedSignatures().Verify(all[..64], all[128..], all[64..128]);
    }

    [Theory]
    [InlineData(63, 64)]
    [InlineData(0, 64)]
    [InlineData(64, 63)]
    [InlineData(64, 0)]
    public void Keys_and_signatures_of_another_length_are_refused(int keyLength, int signatureLength)
    {
        var key = SimulatedKeys.At(0);
        Assert.False(new SimulatedSignatures().Verify(key.PublicKey.ToArray().AsSpan(0, keyLength), [], key.Sign([]).AsSpan(0, signatureLength)));
    }

    [Fact]
    public void A_signature_has_the_form_that_the_ledger_asks_for_and_never_passes_for_one_of_P256()
    {
        var real = new P256VerifierCache();
        for (var i = 0; i < SimulatedKeys.Count; i++)
        {
            var key = SimulatedKeys.At(i);
            var message = new byte[2 * i];
            var signature = key.Sign(message);
            Assert.True(P256.IsLowS(signature));
            Assert.False(real.Verify(key.PublicKey.ToArray(), message, signature));
        }

        var refused = TransactionCodec.TryCheck(Signed(), Genesis.Network, real, out _);
        Assert.Equal(Refusal.SignatureInvalid, refused!.Code);
    }

    [Fact]
    public void Keys_are_points_that_differ_and_are_the_same_in_every_run()
    {
        var keys = Enumerable.Range(0, SimulatedKeys.Count).Select(index => SimulatedKeys.At(index).PublicKey).ToArray();
        Assert.All(keys, key => Assert.True(P256.IsValidPublicKey(key.ToArray())));
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(FirstKey, keys[0].ToString());
        Assert.Equal(FirstHalf + FirstHalf, Convert.ToHexStringLower(SimulatedKeys.At(0).Sign("message"u8)));
    }

    [Fact]
    public void A_genesis_takes_the_most_members_there_may_be_and_no_customer_has_a_key_of_theirs()
    {
        var genesis = SimulatedGenesis.Make(
            LedgerLimits.MembersMax,
            shardCount: 1,
            TimeSpan.FromSeconds(1),
            targetCompact: 0x207fffff,
            TimeSpan.FromMinutes(1),
            finalityBlocks: 3,
            TimeSpan.FromHours(1),
            DateTimeOffset.UnixEpoch);
        var taken = genesis.Members.SelectMany(member => member.Authority.Keys.Append(member.ProducerKey)).ToHashSet();
        Assert.Equal(2 * genesis.Members.Count, taken.Count);
        Assert.DoesNotContain(SimulatedGenesis.CustomerKey(0).PublicKey, taken);
        Assert.Equal(genesis.Members[255].ProducerKey, SimulatedGenesis.ProducerKey(255).PublicKey);
    }

    private static byte[] Signed()
    {
        var (member, customer) = (SimulatedGenesis.AuthorityKey(0), SimulatedGenesis.CustomerKey(0));
        var id = Genesis.Members[0].Id;
        var body = new OpenAccount(id, Derive.Party(id, "customer"), Authority.Single(customer.PublicKey), false, string.Empty);
        var payload = TransactionCodec.EncodePayload(Genesis.Network, Genesis.TimeMs + 1_000, [], body);
        return TransactionCodec.EncodeSigned(payload, [(member.PublicKey, member.Sign(payload)), (customer.PublicKey, customer.Sign(payload))]);
    }
}
