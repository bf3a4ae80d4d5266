using System.Numerics;

namespace Consortium.Ledger.Amounts;

/// <summary>Divides an amount so that nothing is lost: the method of largest remainders (A. Hamilton, 1792).</summary>
public static class Allocation
{
    /// <summary>Divides an amount in given ratios into whole parts that sum to it exactly.</summary>
    /// <remarks>
    /// <para>
    /// Every part is first its exact share rounded down; the units still missing go one each to the parts that lost the
    /// largest fraction, and among equal fractions to those that come first. So a part differs from its exact share by
    /// less than one unit, a part of ratio zero is zero, and order is the only tie-break.
    /// </para>
    /// <para>
    /// Down means toward minus infinity, for negative amounts too: -5 in the ratios 7 and 3 is -3 and -2, while 5 is 4
    /// and 1. To take back exactly what was given, negate the parts instead of dividing the negated amount.
    /// </para>
    /// </remarks>
    /// <param name="amount">The amount in smallest units; of either sign.</param>
    /// <param name="ratios">One weight per part, of which at least one is not zero.</param>
    /// <returns>One part per ratio, in the same order, none of them of the opposite sign.</returns>
    /// <exception cref="ArgumentException">There is no ratio that is not zero.</exception>
    public static Int128[] Divide(Int128 amount, ReadOnlySpan<UInt128> ratios)
    {
        BigInteger total = BigInteger.Zero;
        foreach (UInt128 ratio in ratios)
        {
            total += ratio;
        }

        if (total.IsZero)
        {
            throw new ArgumentException("At least one ratio must not be zero.", nameof(ratios));
        }

        var parts = new Int128[ratios.Length];
        var fractions = new BigInteger[ratios.Length];
        BigInteger lost = BigInteger.Zero;
        for (int i = 0; i < parts.Length; i++)
        {
            (BigInteger share, BigInteger fraction) = FloorDivide((BigInteger)amount * ratios[i], total);
            parts[i] = (Int128)share;
            fractions[i] = fraction;
            lost += fraction;
        }

        // Every fraction is less than one unit, so fewer units are missing than there are parts with a fraction.
        int missing = (int)(lost / total);
        foreach (int index in LargestFirst(fractions)[..missing])
        {
            parts[index]++;
        }

        return parts;
    }

    private static (BigInteger Quotient, BigInteger Remainder) FloorDivide(BigInteger dividend, BigInteger divisor)
    {
        (BigInteger quotient, BigInteger remainder) = BigInteger.DivRem(dividend, divisor);
        return remainder.Sign < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder);
    }

    private static int[] LargestFirst(BigInteger[] fractions)
    {
        var order = new int[fractions.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (left, right) =>
        {
            int bySize = fractions[right].CompareTo(fractions[left]);
            return bySize != 0 ? bySize : left.CompareTo(right);
        });
        return order;
    }
}
