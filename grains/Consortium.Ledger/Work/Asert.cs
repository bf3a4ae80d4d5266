using System.Numerics;

namespace Consortium.Ledger.Work;

/// <summary>
/// The target of the next block so that blocks keep their interval: aserti3-2d, an exponential in how far the chain is
/// ahead of its schedule, in whole numbers (Bitcoin Cash upgrade specification 2020-11-15-asert; paper: M. B.
/// Lundeberg, "Static difficulty adjustments, with absolutely scheduled exponentially rising targets", 2020).
/// </summary>
/// <remarks>
/// Any unit of time will do as long as all arguments use it: the specification counts seconds, this ledger
/// milliseconds.
/// </remarks>
public static class Asert
{
    // The exponent counts in steps of 2^-16; 2^x for x in [0, 1) is 1 + 0.695502049 x + 0.2262698 x^2 + 0.0782318 x^3.
    private const int FractionBits = 16;
    private const long Linear = 195_766_423_245_049;
    private const long Quadratic = 971_821_376;
    private const long Cubic = 5_127;
    private const int PolynomialBits = 48;

    /// <summary>Computes the target of the block after a given one, in full precision.</summary>
    /// <remarks>
    /// A header holds <see cref="Target.ToCompact"/> of the result. The anchor never moves, so rounding does not
    /// accumulate.
    /// </remarks>
    /// <param name="anchor">The target of the anchor block.</param>
    /// <param name="timeDifference">The time of the given block less the time of the anchor's parent; may be
    /// negative.</param>
    /// <param name="heightDifference">The height of the given block less the height of the anchor; not
    /// negative.</param>
    /// <param name="idealInterval">The time between blocks that is aimed at; positive.</param>
    /// <param name="halfLife">How far behind schedule the chain must fall for the target to grow by a factor of two;
    /// positive.</param>
    /// <param name="limit">The easiest target allowed.</param>
    /// <returns>A target from 1 to <paramref name="limit"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or a target is
    /// <c>default</c>.</exception>
    public static Target Next(
        Target anchor, long timeDifference, long heightDifference, long idealInterval, long halfLife, Target limit)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(anchor, default);
        ArgumentOutOfRangeException.ThrowIfNegative(heightDifference);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(idealInterval);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(halfLife);
        ArgumentOutOfRangeException.ThrowIfEqual(limit, default);

        // BigInteger division truncates toward zero, as the specification demands; the shift below rounds down, as it
        // demands too.
        BigInteger lag = timeDifference - (idealInterval * ((BigInteger)heightDifference + 1));
        BigInteger exponent = (lag << FractionBits) / halfLife;
        BigInteger powers = exponent >> FractionBits;

        // A target has 256 bits: so many powers either way lead past one end or the other from anywhere.
        if (powers > 256)
        {
            return limit;
        }

        if (powers < -257)
        {
            return Target.Hardest;
        }

        BigInteger product = anchor.ToInteger() * TwoToThe((int)(exponent & 0xffff));
        int shift = (int)powers - FractionBits;
        BigInteger next = shift < 0 ? product >> -shift : product << shift;
        if (next.IsZero)
        {
            return Target.Hardest;
        }

        return next >= limit.ToInteger() ? limit : Target.FromInteger(next);
    }

    // 65536 times 2 to the power of a fraction of 65536.
    private static BigInteger TwoToThe(int fraction)
    {
        UInt128 x = (UInt128)fraction;
        UInt128 polynomial =
            (Linear * x) + (Quadratic * x * x) + (Cubic * x * x * x) + (UInt128.One << (PolynomialBits - 1));
        return (BigInteger.One << FractionBits) + (polynomial >> PolynomialBits);
    }
}
