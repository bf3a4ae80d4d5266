using Consortium.Ledger.Amounts;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;
using FsCheck;
using FsCheck.Fluent;

namespace Consortium.Tests.Ledger;

public sealed class EncodingProperties
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void Payloads_of_every_kind_come_back_as_they_went() => Prop.ForAll(Seeds, seed =>
    {
        var bodies = new RandomBodies(new Random(seed));
        foreach (var kind in Enum.GetValues<TransactionKind>())
        {
            var body = bodies.Body(kind);
            var payload = TransactionCodec.EncodePayload(LedgerFixture.Genesis.Network, bodies.Number(), [1], body);
            var refused = TransactionCodec.TryDecodeUnsigned(payload, LedgerFixture.Genesis.Network, [], out var transaction);
            Assert.True(refused is null, refused?.Detail);
            Assert.Equal(
                payload,
                TransactionCodec.EncodePayload(LedgerFixture.Genesis.Network, transaction!.ValidUntilMs, [1], transaction.Body));
            Assert.Equal(kind, transaction.Body.Kind);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void State_values_and_keys_come_back_as_they_went() => Prop.ForAll(Seeds, seed =>
    {
        var bodies = new RandomBodies(new Random(seed));
        foreach (var kind in Enum.GetValues<StateKind>())
        {
            var bytes = bodies.Value(kind).Encode();
            Assert.Equal(bytes, StateValue.Decode(kind, bytes)?.Encode());
            var key = new StateKey(kind, bodies.Digest(), kind == StateKind.Holding ? bodies.Instrument() : default);
            Assert.True(StateKey.TryRead(key.ToArray(), out var read));
            Assert.Equal(key, read);
            Assert.Equal(ShardPlace.ClassOf(kind), ShardPlace.FromNumber(key.Shard(16), 16).Class);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bytes_that_are_read_as_a_state_value_are_the_only_ones_for_it() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        foreach (var kind in Enum.GetValues<StateKind>())
        {
            var bytes = new RandomBodies(random).Value(kind).Encode();
            for (var i = 0; i < 50; i++)
            {
                var changed = Mutation.Of(bytes, random);
                Assert.True(StateValue.Decode(kind, changed) is not { } value || value.Encode().AsSpan().SequenceEqual(changed));
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_number_has_one_wire_form_and_every_wire_form_one_number() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var wide = new RandomBodies(random).Wide(128);
        Assert.True(AmountBytes.TryReadUnsigned(AmountBytes.FromUnsigned(wide), out var unsigned) && unsigned == wide);
        var signed = unchecked((Int128)wide);
        Assert.True(AmountBytes.TryReadSigned(AmountBytes.FromSigned(signed), out var back) && back == signed);

        var bytes = new byte[random.Next(19)];
        random.NextBytes(bytes);
        bytes.AsSpan(0, random.Next(bytes.Length + 1)).Fill((byte)(random.Next(2) * 0xff));
        Assert.True(!AmountBytes.TryReadUnsigned(bytes, out unsigned) || AmountBytes.FromUnsigned(unsigned).SequenceEqual(bytes));
        Assert.True(!AmountBytes.TryReadSigned(bytes, out back) || AmountBytes.FromSigned(back).SequenceEqual(bytes));
        Assert.True(bytes.Length <= 16 || !AmountBytes.TryReadSigned(bytes, out _));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
}
