using System.Text.Json.Nodes;
using Consortium.Client.Keys;
using Consortium.Client.Transactions;
using Consortium.Ledger;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;

namespace Consortium.Tests.Client;

public sealed class TransactionFileTests : IDisposable
{
    private static readonly Digest Network = Digest.Sha256("network"u8);
    private static readonly Instrument Cash = Instrument.Full(new AssetId(Digest.Sha256("cash"u8)));
    private static readonly AccountId A = new(Digest.Sha256("a"u8));
    private static readonly AccountId B = new(Digest.Sha256("b"u8));

    private readonly SigningKey _keyOfA = SigningKey.Generate();
    private readonly SigningKey _keyOfB = SigningKey.Generate();

    public void Dispose()
    {
        _keyOfA.Dispose();
        _keyOfB.Dispose();
    }

    [Fact]
    public void Two_parties_sign_copies_and_their_signatures_add_up()
    {
        var text = MakeDeal().ToText();
        var ofA = TransactionFile.Parse(text).Sign(_keyOfA).ToText();
        var ofB = TransactionFile.Parse(text).Sign(_keyOfB).ToText();
        var merged = TransactionFile.Parse(ofA).Merge(TransactionFile.Parse(ofB));
        Assert.Equal(2, merged.Signers.Count);
        var refused = TransactionCodec.TryCheck(merged.ToSignedBytes(), Network, new P256VerifierCache(), out var transaction);
        Assert.Null(refused);
        Assert.Equal(merged.Id, transaction!.Id);
    }

    [Fact]
    public void Merging_gives_the_same_bytes_in_either_order()
    {
        var (ofA, ofB) = (MakeDeal(), MakeDeal().Sign(_keyOfB));
        ofA = TransactionFile.Parse(ofB.ToText()).Sign(_keyOfA);
        Assert.Equal(ofA.Merge(ofB).ToText(), ofB.Merge(ofA).ToText());
    }

    [Fact]
    public void Signing_twice_with_one_key_leaves_one_signature() =>
        Assert.Single(MakeDeal().Sign(_keyOfA).Sign(_keyOfA).Signers);

    [Fact]
    public void Different_transactions_do_not_merge()
    {
        var (one, other) = (MakeDeal(), MakeDeal().AddLegs(new DealLeg(A, Cash, 1)));
        Assert.Equal("transactions_differ", Fails(() => one.Merge(other)).Name);
    }

    [Fact]
    public void A_signed_deal_takes_no_more_legs() =>
        Assert.Equal("already_signed", Fails(() => MakeDeal().Sign(_keyOfA).AddLegs(new DealLeg(A, Cash, 1))).Name);

    [Fact]
    public void Adding_a_leg_keeps_network_salt_and_validity()
    {
        var (before, after) = (MakeDeal(), MakeDeal().AddLegs(new DealLeg(A, Cash, 1)));
        Assert.Equal(before.Network, after.Network);
        Assert.Equal(before.ValidUntilMs, after.ValidUntilMs);
        Assert.True(before.Salt.Span.SequenceEqual(after.Salt.Span));
        Assert.NotEqual(before.Id, after.Id);
    }

    [Fact]
    public void A_file_whose_words_say_something_else_than_its_payload_is_not_read()
    {
        var json = JsonNode.Parse(MakeDeal().ToText())!;
        json["meaning"]!["body"]!["legs"]![0]!["amount"] = "-1";
        Assert.Equal("transaction_file_misleads", Fails(() => TransactionFile.Parse(json.ToJsonString())).Name);
    }

    [Fact]
    public void A_file_whose_payload_was_replaced_under_its_signatures_is_not_read()
    {
        var signed = JsonNode.Parse(MakeDeal().Sign(_keyOfA).ToText())!;
        var other = JsonNode.Parse(MakeDeal().AddLegs(new DealLeg(A, Cash, -5)).ToText())!;
        signed["payload"] = other["payload"]!.GetValue<string>();
        signed["meaning"] = other["meaning"]!.DeepClone();
        Assert.Equal("signature_invalid", Fails(() => TransactionFile.Parse(signed.ToJsonString())).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{"format":"consortium/transaction/1","payload":"AAAA","signatures":[]}""")]
    [InlineData("""{"format":"consortium/transaction/2","payload":"","signatures":[]}""")]
    [InlineData("""{"format":"consortium/transaction/1","payload":"?","signatures":[],"extra":1}""")]
    public void What_is_no_transaction_file_is_said_to_be_none(string text) =>
        Assert.Equal("not_a_transaction_file", Fails(() => TransactionFile.Parse(text)).Name);

    [Fact]
    public void Every_changed_character_of_a_file_is_found_or_changes_nothing()
    {
        var file = MakeDeal().Sign(_keyOfA);
        var text = file.ToText();
        for (var i = 0; i < text.Length; i += 3)
        {
            var changed = text[..i] + (text[i] == 'x' ? 'y' : 'x') + text[(i + 1)..];
            try
            {
                var read = TransactionFile.Parse(changed);
                Assert.Equal(file.Id, read.Id);
                Assert.Equal(file.ToText(), read.ToText());
            }
            catch (TransactionFileException)
            {
                // Found.
            }
        }
    }

    private static TransactionFile MakeDeal()
    {
        var builder = new TransactionBuilder(Network, TimeProvider.System);
        var deal = new Deal([new DealLeg(A, Cash, -100), new DealLeg(B, Cash, 100)], "invoice 7");
        return TransactionFile.FromUnsigned(builder.Build(deal, validUntilMs: 2_000_000_000_000, "salt"u8));
    }

    private static TransactionFileException Fails(Func<object?> act) => Assert.Throws<TransactionFileException>(act);
}
