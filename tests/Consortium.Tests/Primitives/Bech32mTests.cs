using Consortium.Ledger;
using Consortium.Ledger.Encoding;
using FsCheck;
using FsCheck.Fluent;

namespace Consortium.Tests.Primitives;

public sealed class Bech32mTests
{
    private static readonly byte[] Id = Digest.Sha256("account"u8).ToArray();

    [Fact]
    public void An_id_of_thirty_two_bytes_is_read_back_from_small_letters_and_from_capitals()
    {
        string text = Bech32m.Encode("acc", Id);
        Assert.StartsWith("acc1", text, StringComparison.Ordinal);
        foreach (string spelling in (string[])[text, text.ToUpperInvariant()])
        {
            Assert.True(Bech32m.TryDecode(spelling, out string prefix, out byte[] bytes));
            Assert.Equal("acc", prefix);
            Assert.Equal(Id, bytes);
        }
    }

    [Fact]
    public void No_changed_character_goes_unseen()
    {
        string text = Bech32m.Encode("acc", Id);
        for (int i = 0; i < text.Length; i++)
        {
            foreach (char character in "qpzry9x8gf2tvdw0s3jn54khce6mua7l1bioQ ~")
            {
                string changed = string.Concat(text.AsSpan(0, i), [character], text.AsSpan(i + 1));
                Assert.True(
                    changed == text || !Bech32m.TryDecode(changed, out _, out _),
                    $"{character} at {i} was accepted");
            }
        }
    }

    [Fact]
    public void A_missing_or_an_added_character_is_seen()
    {
        string text = Bech32m.Encode("acc", Id);
        for (int i = 0; i < text.Length; i++)
        {
            Assert.False(Bech32m.TryDecode(text.Remove(i, 1), out _, out _));
            Assert.False(Bech32m.TryDecode(text.Insert(i, "q"), out _, out _));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("acc1")]
    [InlineData("acc")]
    public void Text_without_the_parts_of_an_id_is_refused(string? text)
    {
        Assert.False(Bech32m.TryDecode(text, out string prefix, out byte[] bytes));
        Assert.Empty(prefix);
        Assert.Empty(bytes);
    }

    [Fact]
    public void Mixed_case_is_refused()
    {
        string text = Bech32m.Encode("acc", Id);
        Assert.False(Bech32m.TryDecode("A" + text[1..], out _, out _));
        Assert.False(Bech32m.TryDecode("ACC" + text[3..], out _, out _));
    }

    [Fact]
    public void A_word_that_belongs_to_no_byte_is_refused_as_bytes()
    {
        // Thirty-one bytes are padded by two bits; one word more leaves seven.
        string sevenBitsOver = Bech32m.EncodeWords("acc", [.. Bech32m.ToWords(Id.AsSpan(1)), 0]);
        Assert.True(Bech32m.TryDecodeWords(sevenBitsOver, out _, out _));
        Assert.False(Bech32m.TryDecode(sevenBitsOver, out _, out _));
    }

    [Fact]
    public void Padding_that_is_not_zero_is_refused_as_bytes()
    {
        byte[] words = Bech32m.ToWords(Id);
        words[^1] |= 1;
        string text = Bech32m.EncodeWords("acc", words);
        Assert.True(Bech32m.TryDecodeWords(text, out _, out _));
        Assert.False(Bech32m.TryDecode(text, out _, out _));
        words[^1] = 32;
        Assert.False(Bech32m.TryToBytes(words, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Acc")]
    [InlineData("a c")]
    [InlineData("a\u007f")]
    [InlineData("é")]
    public void A_prefix_outside_small_visible_ascii_is_refused(string prefix) =>
        Assert.Throws<ArgumentException>(() => Bech32m.Encode(prefix, Id));

    [Fact]
    public void Ninety_characters_are_written_and_ninety_one_are_not()
    {
        Assert.Equal(90, Bech32m.Encode(new string('a', 31), Id).Length);
        Assert.Throws<ArgumentException>(() => Bech32m.Encode(new string('a', 32), Id));
        Assert.Throws<ArgumentException>(() => Bech32m.Encode("a", new byte[1_000_000]));
        Assert.Throws<ArgumentException>(() => Bech32m.EncodeWords("a", [32]));
    }

    [Fact]
    public void Bytes_survive_the_way_to_words_and_back() => Prop.ForAll<byte[]>(bytes =>
        Bech32m.TryToBytes(Bech32m.ToWords(bytes), out byte[] read) && read.AsSpan().SequenceEqual(bytes))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_makes_reading_throw() => Prop.ForAll<string>(text =>
    {
        _ = Bech32m.TryDecode(text, out _, out _);
        _ = Bech32m.TryDecode("a1" + text, out _, out _);
    }).QuickCheckThrowOnFailure();
}
