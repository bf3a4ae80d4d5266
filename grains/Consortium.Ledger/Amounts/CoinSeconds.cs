using System.Globalization;
using System.Numerics;

namespace Consortium.Ledger.Amounts;

/// <summary>Quantity times age, in smallest units times seconds, summed exactly.</summary>
/// <remarks>Never negative. <see langword="default"/> is zero.</remarks>
public readonly record struct CoinSeconds : IComparable<CoinSeconds>
{
    private readonly BigInteger _value;

    private CoinSeconds(BigInteger value) => _value = value;

    /// <summary>The number.</summary>
    public BigInteger Value => _value;

    /// <summary>Adds two sums.</summary>
    public static CoinSeconds operator +(CoinSeconds left, CoinSeconds right) => new(left._value + right._value);

    /// <summary>The coin-seconds that units destroy when they move to another owner at a time.</summary>
    /// <param name="quantity">Smallest units.</param>
    /// <param name="secondsAcquired">Sum over the units of the second each was acquired, seconds since 1970.</param>
    /// <param name="nowSeconds">The second of the move, seconds since 1970.</param>
    /// <returns>quantity × now − acquired, and zero where a clock went backwards.</returns>
    public static CoinSeconds Destroyed(UInt128 quantity, BigInteger secondsAcquired, long nowSeconds) =>
        new(BigInteger.Max(BigInteger.Zero, ((BigInteger)quantity * nowSeconds) - secondsAcquired));

    /// <summary>Takes a number as it is.</summary>
    /// <param name="value">Not negative.</param>
    /// <returns>The sum.</returns>
    public static CoinSeconds FromValue(BigInteger value)
    {
        Invariant.Holds(value.Sign >= 0);
        return new CoinSeconds(value);
    }

    /// <inheritdoc/>
    public int CompareTo(CoinSeconds other) => _value.CompareTo(other._value);

    /// <summary>Writes the number as decimal digits.</summary>
    /// <returns>Decimal digits.</returns>
    public override string ToString() => _value.ToString(CultureInfo.InvariantCulture);
}
