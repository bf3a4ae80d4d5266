using System.Numerics;
using Consortium.Ledger.Amounts;
using FsCheck;
using FsCheck.Fluent;

namespace Consortium.Tests.Primitives;

public sealed class AllocationTests
{
    [Fact]
    public void Equal_fractions_are_served_in_order() =>
        Assert.Equal([1, 1, 0, 0], Allocation.Divide(2, [1, 1, 1, 1]));

    [Fact]
    public void The_largest_fraction_is_served_first() =>
        Assert.Equal([0, 1, 9], Allocation.Divide(10, [4, 6, 90]));

    [Fact]
    public void Dividing_a_negative_amount_is_not_the_negation_of_dividing_the_positive_one()
    {
        Assert.Equal([4, 1], Allocation.Divide(5, [7, 3]));
        Assert.Equal([-3, -2], Allocation.Divide(-5, [7, 3]));
    }

    [Fact]
    public void No_ratio_above_zero_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Allocation.Divide(1, []));
        Assert.Throws<ArgumentException>(() => Allocation.Divide(1, [0, 0]));
    }

    [Fact]
    public void The_largest_amounts_and_ratios_fit()
    {
        UInt128[] ratios = [UInt128.MaxValue, UInt128.MaxValue, UInt128.MaxValue];
        foreach (Int128 amount in (Int128[])[Int128.MaxValue, Int128.MinValue])
        {
            Assert.Equal(amount, Sum(Allocation.Divide(amount, ratios)));
            Assert.Equal([amount], Allocation.Divide(amount, [1]));
            Assert.Equal([0, amount], Allocation.Divide(amount, [0, UInt128.MaxValue]));
        }
    }

    [Fact]
    public void Parts_sum_to_the_amount_and_each_is_within_one_unit_of_its_share() => Prop.ForAll<long, ulong[]>(
        (amount, weights) =>
        {
            UInt128[] ratios = [1, .. weights.Select(weight => (UInt128)weight)];
            BigInteger total = ratios.Aggregate(BigInteger.Zero, (sum, ratio) => sum + ratio);
            Int128[] parts = Allocation.Divide(amount, ratios);
            return Sum(parts) == amount && parts.Zip(ratios).All(pair =>
                BigInteger.Abs(((BigInteger)pair.First * total) - ((BigInteger)amount * pair.Second)) < total
                && Math.Sign(amount) * Int128.Sign(pair.First) >= 0
                && (pair.Second != 0 || pair.First == 0));
        }).QuickCheckThrowOnFailure();

    private static Int128 Sum(Int128[] parts) => parts.Aggregate((Int128)0, (sum, part) => sum + part);
}
