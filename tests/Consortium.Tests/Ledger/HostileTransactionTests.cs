using System.Globalization;
using Consortium.Ledger;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;
using Google.Protobuf;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Tests.Ledger;

public sealed class HostileTransactionTests
{
    private readonly LedgerFixture _ledger = new();

    [Theory]
    [InlineData(TransactionKind.Issue)]
    [InlineData(TransactionKind.Retire)]
    [InlineData(TransactionKind.Pledge)]
    public void An_amount_of_2_to_the_96_or_more_is_refused_as_malformed(TransactionKind kind)
    {
        foreach (var amount in new[] { UInt128.One << 96, UInt128.One << 112, UInt128.One << 127, UInt128.MaxValue })
        {
            var body = GoodTransactions.Of(kind, new LedgerFixture()).Body switch
            {
                Issue issue => issue with { Amount = new Amount(amount) },
                Retire retire => retire with { Amount = new Amount(amount) },
                Pledge pledge => (TransactionBody)(pledge with { Amount = new Amount(amount) }),
                var other => other,
            };
            Assert.Equal(Refusal.Malformed, Refuse(Encode(body)));
        }
    }

    [Fact]
    public void Rules_that_lack_state_ask_for_it_whatever_the_amounts()
    {
        // The issuer is known only after the asset was read, so no rule may rely on it before.
        var view = new StateView(100);
        var transaction = _ledger.Decode(
            new Issue(_ledger.Assets["eur"], _ledger.Accounts["bob"], new Amount(LedgerLimits.AuthorisedMax)), "issuer");
        var reads = new List<StateKey>();
        Executor.DeclareReads(transaction, reads);
        reads.ForEach(key => view.Set(key, _ledger.Read(key)));
        var executor = new Executor(view);

        Assert.Null(executor.TryExecute(transaction, LedgerFixture.StartMs));
        Assert.Equal(StateKey.Account(_ledger.Accounts["issuer"]), Assert.Single(view.Missing.Distinct()));
        Assert.Empty(executor.Written);
    }

    [Theory]
    [InlineData(TransactionKind.Issue)]
    [InlineData(TransactionKind.Retire)]
    [InlineData(TransactionKind.SetFreeze)]
    public void Nothing_happens_unsigned_when_the_one_who_must_sign_is_not_to_be_found(TransactionKind kind)
    {
        var good = GoodTransactions.Of(kind, _ledger);
        var transaction = _ledger.Decode(good.Body, "alice");
        var view = new StateView(100);
        foreach (var (key, value) in _ledger.State)
        {
            view.Set(key, value);
        }

        view.Set(StateKey.Account(_ledger.Accounts["issuer"]), null);
        view.Set(StateKey.Member(LedgerFixture.Bank), null);
        foreach (var asset in _ledger.Assets.Keys)
        {
            view.Set(StateKey.Holding(_ledger.Accounts["bob"], _ledger.Instrument(asset)), _ledger.Holding("bob", asset));
        }

        var executed = new Executor(view).TryExecute(transaction, LedgerFixture.StartMs);
        Assert.NotNull(executed);
        Assert.False(executed.Accepted);
    }

    [Fact]
    public void What_a_rejection_quotes_is_cut_between_characters()
    {
        var definition = _ledger.Definition("x") with { Currency = new string('a', 19) + "😀😀", Isin = new string('a', 19) + "😀" };
        var outcome = _ledger.Execute(new RegisterAsset(definition), "issuer").ToOutcome();
        Assert.Equal(outcome, Wire.Outcome.Parser.ParseFrom(outcome.ToByteArray()));
    }

    [Fact]
    public void An_outcome_does_not_depend_on_the_culture()
    {
        var deal = _ledger.Decode(
            new Deal([_ledger.Leg("alice", "eur", -5), _ledger.Leg("bob", "eur", 7)], string.Empty), "alice");
        var before = CultureInfo.CurrentCulture;
        var swedish = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        swedish.NumberFormat.NegativeSign = "\u2212";
        try
        {
            var expected = _ledger.Execute(deal).ToOutcome();
            CultureInfo.CurrentCulture = swedish;
            Assert.Equal(expected, _ledger.Execute(deal).ToOutcome());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_refused_as_malformed()
    {
        var payload = Encode(new SetFreeze(_ledger.Accounts["bob"], Frozen: true, "reason"));
        payload.AsSpan()[^6..].Fill(0xff);
        Assert.Equal(Refusal.Malformed, Refuse(payload));
    }

    [Fact]
    public void A_length_near_2_to_the_31_is_refused_as_malformed()
    {
        // Field 13 (issue) with a length of 2^31 - 1: adding it to a position overflows inside the parser.
        byte[] bytes = [0x0a, 0x20, .. LedgerFixture.Genesis.Network.ToArray(), 0x6a, 0xff, 0xff, 0xff, 0xff, 0x07, 0x0a, 0x20, 0xe9];
        Assert.Equal(Refusal.Malformed, Refuse(bytes));
    }

    [Fact]
    public void Sealed_headers_and_genesis_with_unknown_fields_are_not_read()
    {
        byte[] unknown = [0x78, 0x01];
        byte[] seal = new Consortium.Ledger.Blocks.BlockSeal(LedgerVectors.Header, new byte[64]).ToArray();
        Assert.True(Consortium.Ledger.Blocks.BlockSeal.TryRead(seal, out _));
        Assert.False(Consortium.Ledger.Blocks.BlockSeal.TryRead([.. seal, .. unknown], out _));
        Assert.NotNull(Consortium.Ledger.Blocks.Genesis.TryRead((byte[])[.. LedgerFixture.Genesis.Bytes.Span, .. unknown], out _));
    }

    [Fact]
    public void A_batch_with_an_unknown_field_is_not_canonical()
    {
        var batch = new Wire.Batch { Position = 1, TimeMs = 2 }.ToByteArray();
        Assert.Null(Consortium.Ledger.Verification.CheckedBatch.Check(batch, LedgerFixture.Genesis.Network, new P256VerifierCache()).Fault);
        Assert.NotNull(Consortium.Ledger.Verification.CheckedBatch.Check((byte[])[.. batch, 0x78, 0x01], LedgerFixture.Genesis.Network, new P256VerifierCache()).Fault);
    }

    [Fact]
    public void A_network_id_of_another_length_is_malformed_and_not_echoed()
    {
        var payload = new Wire.Payload
        {
            NetworkId = ByteString.CopyFrom(new byte[60_000]),
            SetFreeze = new Wire.SetFreeze { Account = ByteString.CopyFrom(new byte[32]) },
        };
        var refused = TransactionCodec.TryDecodeUnsigned(payload.ToByteArray(), LedgerFixture.Genesis.Network, [], out _);
        Assert.Equal(Refusal.Malformed, refused?.Code);
        Assert.True(refused!.Detail.Length < 200);
    }

    [Fact]
    public void Tens_of_thousands_of_empty_legs_are_refused_without_work_for_each()
    {
        var payload = new Wire.Payload
        {
            NetworkId = ByteString.CopyFrom(LedgerFixture.Genesis.Network.ToArray()),
            Deal = new Wire.Deal(),
        };
        payload.Deal.Legs.AddRange(Enumerable.Range(0, 32_000).Select(_ => new Wire.Leg()));
        var bytes = payload.ToByteArray();
        Refuse(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Refusal.Malformed, Refuse(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 6_000_000);
    }

    [Fact]
    public void Tens_of_thousands_of_signatures_are_refused()
    {
        var message = new Wire.SignedTransaction { Payload = ByteString.CopyFrom(Encode(GoodTransactions.Of(TransactionKind.Deal, _ledger).Body)) };
        message.Signatures.AddRange(Enumerable.Range(0, 30_000).Select(_ => new Wire.Signature()));
        Assert.NotNull(TransactionCodec.TryCheck(message.ToByteArray(), LedgerFixture.Genesis.Network, new P256VerifierCache(), out _));
    }

    [Theory]
    [InlineData(ulong.MaxValue, 1UL, Refusal.ValidUntilTooFar)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, Refusal.Expired)]
    [InlineData(0UL, 0UL, Refusal.Expired)]
    [InlineData(1UL, 0UL, Refusal.None)]
    [InlineData(1_000UL, 0UL, Refusal.None)]
    [InlineData(1_001UL, 0UL, Refusal.ValidUntilTooFar)]
    [InlineData(ulong.MaxValue, ulong.MaxValue - 1, Refusal.None)]
    public void Validity_ends_exclusively_and_is_bounded(ulong validUntilMs, ulong timeMs, Refusal expected) =>
        Assert.Equal(
            expected,
            Consortium.Ledger.Blocks.ValidityRules.Check(validUntilMs, timeMs, validityMaxMs: 1_000)?.Code ?? Refusal.None);

    [Theory]
    [InlineData(0UL, 0UL)]
    [InlineData(0UL, ulong.MaxValue)]
    [InlineData(ulong.MaxValue, 0UL)]
    [InlineData(ulong.MaxValue, ulong.MaxValue)]
    [InlineData(7UL, LedgerFixture.StartMs - 1)]
    public void A_target_follows_from_any_header(ulong height, ulong timeMs) =>
        Assert.NotEqual(0u, Consortium.Ledger.Blocks.ChainRules.NextTarget(LedgerFixture.Genesis, height, timeMs));

    private static byte[] Encode(TransactionBody body) =>
        TransactionCodec.EncodePayload(LedgerFixture.Genesis.Network, LedgerFixture.StartMs + 1, [], body);

    private static Refusal? Refuse(byte[] payload) =>
        TransactionCodec.TryDecodeUnsigned(payload, LedgerFixture.Genesis.Network, [], out _)?.Code;
}
