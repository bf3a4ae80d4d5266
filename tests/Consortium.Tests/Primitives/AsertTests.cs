using System.Numerics;
using Consortium.Ledger.Work;
using FsCheck;
using FsCheck.Fluent;

namespace Consortium.Tests.Primitives;

public sealed class AsertTests
{
    private const long Ideal = 1_000;
    private const long HalfLife = 60_000;

    private static readonly Target Anchor = Target.FromInteger(BigInteger.One << 200);
    private static readonly Target Limit = Target.FromInteger(BigInteger.One << 240);

    [Fact]
    public void A_chain_on_schedule_keeps_the_target_of_its_anchor()
    {
        for (long height = 0; height < 100; height++)
        {
            Assert.Equal(Anchor, Next((height + 1) * Ideal, height));
        }
    }

    [Fact]
    public void A_half_life_behind_is_twice_the_target_and_one_ahead_is_half()
    {
        Assert.Equal(BigInteger.One << 201, Next(Ideal + HalfLife, 0).ToInteger());
        Assert.Equal(BigInteger.One << 199, Next(Ideal - HalfLife, 0).ToInteger());
        Assert.Equal(BigInteger.One << 198, Next(Ideal - (2 * HalfLife), 0).ToInteger());
    }

    [Fact]
    public void A_lag_of_less_than_one_step_ahead_is_truncated_to_none()
    {
        // One millisecond is less than a 65536th of this half-life; rounding down would make it a whole step.
        Assert.Equal(Anchor, Asert.Next(Anchor, Ideal - 1, 0, Ideal, 65_536 * 2, Limit));
        Assert.NotEqual(Anchor, Asert.Next(Anchor, Ideal - 2, 0, Ideal, 65_536 * 2, Limit));
    }

    [Fact]
    public void Blocks_that_come_slower_never_make_the_target_harder() => Prop.ForAll<int, int, byte>(
        (first, second, height) =>
            Next(Math.Min(first, second), height) <= Next(Math.Max(first, second), height)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(long.MaxValue, 0, 1, true)]
    [InlineData(long.MinValue, 0, 1, false)]
    [InlineData(long.MinValue, long.MaxValue, long.MaxValue, false)]
    [InlineData(long.MaxValue, long.MaxValue, long.MaxValue, false)]
    [InlineData(0, long.MaxValue, 1, false)]
    public void Absurd_times_and_heights_end_at_a_bound(long time, long height, long ideal, bool isBehind) =>
        Assert.Equal(isBehind ? Limit : Target.Hardest, Asert.Next(Anchor, time, height, ideal, 1, Limit));

    [Fact]
    public void The_target_stays_between_one_and_the_limit_from_any_anchor() => Prop.ForAll<byte, long, ushort>(
        (power, time, height) =>
        {
            Target anchor = Target.FromInteger(BigInteger.One << power);
            Target next = Asert.Next(anchor, time, height, Ideal, HalfLife, Limit);
            return next >= Target.Hardest && next <= Limit;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void From_the_easiest_target_the_hardest_is_reached_and_back()
    {
        Assert.Equal(Target.Hardest, AfterHalfLives(Target.Easiest, -256));
        Assert.Equal(Target.Hardest, AfterHalfLives(Target.Easiest, -255));
        Assert.Equal(BigInteger.One << 255, AfterHalfLives(Target.Hardest, 255).ToInteger());
        Assert.Equal(Target.Easiest, AfterHalfLives(Target.Hardest, 256));
    }

    [Fact]
    public void Arguments_outside_their_ranges_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Asert.Next(default, 0, 0, Ideal, HalfLife, Limit));
        Assert.Throws<ArgumentOutOfRangeException>(() => Asert.Next(Anchor, 0, -1, Ideal, HalfLife, Limit));
        Assert.Throws<ArgumentOutOfRangeException>(() => Asert.Next(Anchor, 0, 0, 0, HalfLife, Limit));
        Assert.Throws<ArgumentOutOfRangeException>(() => Asert.Next(Anchor, 0, 0, Ideal, 0, Limit));
        Assert.Throws<ArgumentOutOfRangeException>(() => Asert.Next(Anchor, 0, 0, Ideal, HalfLife, default));
    }

    private static Target AfterHalfLives(Target anchor, long halfLives) =>
        Asert.Next(anchor, Ideal + (halfLives * HalfLife), 0, Ideal, HalfLife, Target.Easiest);

    private static Target Next(long time, long height) => Asert.Next(Anchor, time, height, Ideal, HalfLife, Limit);
}
