using Consortium.Ledger;
using FsCheck;
using FsCheck.Fluent;

namespace Consortium.Tests.Primitives;

public sealed class DigestTests
{
    [Fact]
    public void The_default_is_zero_and_writes_sixty_four_zeros()
    {
        Assert.True(default(Digest).IsZero);
        Assert.Equal(new string('0', 64), default(Digest).ToString());
        Assert.Equal(default, Digest.FromBytes(new byte[32]));
    }

    [Fact]
    public void Hashing_abc_gives_the_digest_of_fips_180() => Assert.Equal(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        Digest.Sha256("abc"u8).ToString());

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Another_number_of_bytes_is_refused(int length) =>
        Assert.Throws<ArgumentException>(() => Digest.FromBytes(new byte[length]));

    [Fact]
    public void A_short_buffer_is_refused_and_left_alone()
    {
        var buffer = new byte[31];
        Assert.Throws<ArgumentException>(() => Digest.Sha256([]).CopyTo(buffer));
        Assert.All(buffer, value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015adf")]
    [InlineData("ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(" a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Text_that_is_no_digest_is_refused_and_yields_zero(string text)
    {
        Assert.False(Digest.TryParseHex(text, out Digest digest));
        Assert.True(digest.IsZero);
    }

    [Fact]
    public void Capitals_are_read_and_small_letters_written()
    {
        Assert.True(Digest.TryParseHex(new string('A', 64), out Digest digest));
        Assert.Equal(new string('a', 64), digest.ToString());
    }

    [Fact]
    public void Every_byte_counts_for_equality_and_order()
    {
        for (int i = 0; i < Digest.Size; i++)
        {
            var bytes = new byte[Digest.Size];
            bytes[i] = 0x80;
            Digest digest = Digest.FromBytes(bytes);
            Assert.NotEqual(default, digest);
            Assert.True(digest > default(Digest) && default(Digest) < digest && digest >= default(Digest));
            Assert.False(digest.IsZero);
        }
    }

    [Fact]
    public void Digests_are_ordered_as_their_bytes_are() => Prop.ForAll<byte[], byte[]>((first, second) =>
    {
        Digest left = Digest.Sha256(first);
        Digest right = Digest.Sha256(second);
        int expected = Math.Sign(left.ToArray().AsSpan().SequenceCompareTo(right.ToArray()));
        return Math.Sign(left.CompareTo(right)) == expected
            && (left == right) == (expected == 0)
            && (left < right) == (expected < 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bytes_and_text_survive_the_way_there_and_back() => Prop.ForAll<byte[]>(bytes =>
    {
        Digest digest = Digest.Sha256(bytes);
        return Digest.FromBytes(digest.ToArray()) == digest
            && Digest.TryParseHex(digest.ToString(), out Digest read)
            && read == digest
            && read.GetHashCode() == digest.GetHashCode();
    }).QuickCheckThrowOnFailure();
}
