using System.Globalization;

namespace Consortium.Ledger.Amounts;

/// <summary>A quantity of one instrument, counted in its asset's smallest units.</summary>
/// <remarks>
/// Never negative and never fractional. There is no division operator: dividing leaves a remainder that somebody must
/// own, so callers use <see cref="DivRem"/> or <see cref="Allocation"/> and place every part.
/// <see langword="default"/> is zero.
/// </remarks>
/// <param name="Units">Smallest units.</param>
public readonly record struct Amount(UInt128 Units) : IComparable<Amount>
{
    /// <summary>No units.</summary>
    public static Amount Zero => default;

    /// <summary>Whether there are no units.</summary>
    public bool IsZero => Units == UInt128.Zero;

    /// <summary>Adds two amounts.</summary>
    /// <exception cref="OverflowException">The sum does not fit 128 bits.</exception>
    public static Amount operator +(Amount left, Amount right) => new(checked(left.Units + right.Units));

    /// <summary>Takes one amount from another.</summary>
    /// <exception cref="OverflowException"><paramref name="right"/> is the larger.</exception>
    public static Amount operator -(Amount left, Amount right) => new(checked(left.Units - right.Units));

    /// <summary>Whether the left amount is smaller.</summary>
    public static bool operator <(Amount left, Amount right) => left.Units < right.Units;

    /// <summary>Whether the left amount is larger.</summary>
    public static bool operator >(Amount left, Amount right) => left.Units > right.Units;

    /// <summary>Whether the left amount is not larger.</summary>
    public static bool operator <=(Amount left, Amount right) => left.Units <= right.Units;

    /// <summary>Whether the left amount is not smaller.</summary>
    public static bool operator >=(Amount left, Amount right) => left.Units >= right.Units;

    /// <summary>Reads a whole number of smallest units.</summary>
    /// <param name="text">Decimal digits only.</param>
    /// <param name="amount">The amount, or zero.</param>
    /// <returns>Whether the text is a whole number that fits 128 bits.</returns>
    public static bool TryParse(string? text, out Amount amount)
    {
        var read = UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var units);
        amount = new Amount(units);
        return read;
    }

    /// <summary>Divides into equal parts and what is left.</summary>
    /// <param name="parts">Number of parts; not zero.</param>
    /// <returns>One part and the remainder, which the caller must place.</returns>
    public (Amount Part, Amount Remainder) DivRem(uint parts)
    {
        var (part, remainder) = UInt128.DivRem(Units, parts);
        return (new Amount(part), new Amount(remainder));
    }

    /// <inheritdoc/>
    public int CompareTo(Amount other) => Units.CompareTo(other.Units);

    /// <summary>Writes the units as decimal digits.</summary>
    /// <returns>Text that <see cref="TryParse"/> reads.</returns>
    public override string ToString() => Units.ToString(CultureInfo.InvariantCulture);
}
