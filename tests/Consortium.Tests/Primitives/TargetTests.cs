using System.Numerics;
using Consortium.Ledger;
using Consortium.Ledger.Work;
using FsCheck;
using FsCheck.Fluent;

namespace Consortium.Tests.Primitives;

public sealed class TargetTests
{
    [Theory]
    [InlineData(0x01010000u, "1")]
    [InlineData(0x03000001u, "1")]
    [InlineData(0x02008000u, "128")]
    [InlineData(0x017f0000u, "127")]
    [InlineData(0x05009234u, "2452881408")]
    [InlineData(0x04123456u, "305419776")]
    [InlineData(0x017fffffu, "127")]
    public void Compact_forms_are_read_as_bitcoin_reads_them(uint compact, string expected)
    {
        Assert.True(Target.TryFromCompact(compact, out Target target));
        Assert.Equal(BigInteger.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), target.ToInteger());
    }

    [Theory]
    [InlineData(0x00000000u)] // zero
    [InlineData(0x01003456u)] // zero once shifted
    [InlineData(0x1d000000u)] // zero mantissa
    [InlineData(0x00923456u)] // zero with a sign
    [InlineData(0x01fedcbau)] // negative
    [InlineData(0x04923456u)] // negative
    [InlineData(0x1d80ffffu)] // negative
    [InlineData(0xff123456u)] // too large
    [InlineData(0x23000001u)] // 2^256
    [InlineData(0x22000100u)] // 2^256
    [InlineData(0x21010000u)] // 2^256
    public void Forms_that_are_no_target_are_refused(uint compact)
    {
        Assert.False(Target.TryFromCompact(compact, out Target target));
        Assert.True(target.IsZero);
        Assert.Throws<ArgumentOutOfRangeException>(() => Target.FromCompact(compact));
    }

    [Theory]
    [InlineData(0x22000001u, 248)]
    [InlineData(0x2200007fu, 254)]
    [InlineData(0x220000ffu, 255)]
    [InlineData(0x21008000u, 255)]
    public void The_largest_forms_are_read(uint compact, int highestBit)
    {
        Assert.True(Target.TryFromCompact(compact, out Target target));
        Assert.Equal(highestBit + 1, target.ToInteger().GetBitLength());
    }

    [Fact]
    public void The_default_is_met_by_nothing_and_is_no_work()
    {
        Assert.True(default(Target).IsZero);
        Assert.False(default(Target).IsMetBy(default(Digest)));
        Assert.Equal(BigInteger.Zero, default(Target).Work);
        Assert.Equal(0u, default(Target).ToCompact());
        Assert.True(default(Target).Rounded.IsZero);
    }

    [Fact]
    public void The_easiest_target_is_one_hash_and_the_hardest_half_of_all()
    {
        Assert.Equal(BigInteger.One, Target.Easiest.Work);
        Assert.Equal(BigInteger.One << 255, Target.Hardest.Work);
        Assert.Equal(new BigInteger(4_295_032_833), Target.FromCompact(0x1d00ffff).Work);
        Assert.Throws<ArgumentOutOfRangeException>(() => Target.FromInteger(BigInteger.One << 256));
        Assert.Throws<ArgumentOutOfRangeException>(() => Target.FromInteger(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Target.FromInteger(-1));
    }

    [Fact]
    public void A_hash_weighs_by_its_last_byte_and_meets_a_target_equal_to_it()
    {
        var bytes = new byte[32];
        bytes[31] = 1;
        Digest hash = Digest.FromBytes(bytes);
        BigInteger value = BigInteger.One << 248;
        Assert.True(Target.FromInteger(value).IsMetBy(hash));
        Assert.False(Target.FromInteger(value - 1).IsMetBy(hash));
        Assert.True(Target.FromInteger(value + 1).IsMetBy(hash));
        Assert.False(Target.Easiest.IsMetBy(new byte[31]));
    }

    [Fact]
    public void A_hash_meets_a_target_when_its_number_is_no_larger() => Prop.ForAll<byte[], byte[]>((first, second) =>
    {
        Digest hash = Digest.Sha256(first);
        var bound = new BigInteger(Digest.Sha256(second).ToArray(), isUnsigned: true);
        var number = new BigInteger(hash.ToArray(), isUnsigned: true);
        return Target.FromInteger(bound).IsMetBy(hash) == (number <= bound) && Target.FromInteger(number).IsMetBy(hash);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_rounded_target_survives_the_compact_form() => Prop.ForAll<byte[], byte>((seed, shift) =>
    {
        BigInteger value = new BigInteger(Digest.Sha256(seed).ToArray(), isUnsigned: true) >> shift;
        Target target = value.IsZero ? Target.Hardest : Target.FromInteger(value);
        Target rounded = target.Rounded;
        return rounded <= target
            && rounded.ToInteger() > target.ToInteger() - (target.ToInteger() >> 15) - 1
            && rounded.Rounded == rounded
            && rounded.ToCompact() == target.ToCompact()
            && Target.FromInteger(target.ToInteger()) == target;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_form_that_is_read_is_written_as_the_same_target() => Prop.ForAll<uint>(compact =>
        !Target.TryFromCompact(compact, out Target target) || target.Rounded == target).QuickCheckThrowOnFailure();

    [Fact]
    public void Targets_are_ordered_as_their_numbers_are()
    {
        Target small = Target.FromInteger(BigInteger.One << 127);
        Target large = Target.FromInteger(BigInteger.One << 128);
        Assert.True(small < large && large > small && small <= large && large >= small && default(Target) < small);
        Assert.Equal(new string('0', 31) + "1" + new string('0', 32), large.ToString());
    }

    [Fact]
    public void Hashing_twice_hashes_the_hash()
    {
        Digest expected = Digest.Sha256(Digest.Sha256("header"u8).ToArray());
        Assert.Equal(expected, DoubleSha256.Hash("header"u8));
        var buffer = new byte[40];
        DoubleSha256.Hash("header"u8, buffer);
        Assert.Equal(expected, Digest.FromBytes(buffer.AsSpan(0, 32)));
    }
}
