using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Consortium.Ledger.Identifiers;

/// <summary>An international securities identification number: which security an asset is (ISO 6166).</summary>
/// <remarks>
/// <para>
/// Two capital letters, nine digits and capital letters, and a check digit (the formula of Luhn over the digits that
/// the characters spell, A being 10 and Z being 35). The letters need not be a country: XS, EU and others are in use.
/// The form is checked, not that the number has been assigned.
/// </para>
/// <para>Ordered as its text is, ordinally. <c>default</c> is no number: its text is empty.</para>
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Isin : IComparable<Isin>
{
    /// <summary>Characters of an ISIN, its check digit included (ISO 6166).</summary>
    public const int Length = 12;

    private readonly ulong _packed;

    private Isin(ulong packed) => _packed = packed;

    /// <summary>Orders two numbers as their texts.</summary>
    /// <param name="left">The first number.</param>
    /// <param name="right">The second number.</param>
    /// <returns>Whether <paramref name="left"/> comes before <paramref name="right"/>.</returns>
    public static bool operator <(Isin left, Isin right) => left.CompareTo(right) < 0;

    /// <summary>Orders two numbers as their texts.</summary>
    /// <param name="left">The first number.</param>
    /// <param name="right">The second number.</param>
    /// <returns>Whether <paramref name="left"/> comes after <paramref name="right"/>.</returns>
    public static bool operator >(Isin left, Isin right) => left.CompareTo(right) > 0;

    /// <summary>Orders two numbers as their texts.</summary>
    /// <param name="left">The first number.</param>
    /// <param name="right">The second number.</param>
    /// <returns>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</returns>
    public static bool operator <=(Isin left, Isin right) => left.CompareTo(right) <= 0;

    /// <summary>Orders two numbers as their texts.</summary>
    /// <param name="left">The first number.</param>
    /// <param name="right">The second number.</param>
    /// <returns>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</returns>
    public static bool operator >=(Isin left, Isin right) => left.CompareTo(right) >= 0;

    /// <summary>Adds the check digit to the part an agency chooses.</summary>
    /// <param name="parts">Two capital letters and nine digits or capital letters.</param>
    /// <returns>The number of twelve characters.</returns>
    /// <exception cref="ArgumentException"><paramref name="parts"/> is anything else.</exception>
    public static Isin FromParts(string parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Length != Length - 1 || !HasCountryForm(parts) || !Base36.TryPack(parts, out UInt128 packed))
        {
            throw new ArgumentException(
                "The parts of an ISIN are two capital letters and nine digits or capital letters.", nameof(parts));
        }

        // The check digit stands at the right end, so the digit before it is the first to be counted twice.
        int sum = LuhnSum(parts, twice: true);
        return new Isin((ulong)((packed * 36) + (UInt128)((10 - (sum % 10)) % 10)));
    }

    /// <summary>Reads a number; small letters and spaces are refused.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isin">The number, or <c>default</c> when the text is not one.</param>
    /// <returns>Whether the text is twelve characters of the right kind with the right check digit.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Isin isin)
    {
        isin = default;
        if (text is null
            || text.Length != Length
            || !HasCountryForm(text)
            || !Base36.TryPack(text, out UInt128 packed)
            || !char.IsAsciiDigit(text[^1])
            || LuhnSum(text, twice: false) % 10 != 0)
        {
            return false;
        }

        isin = new Isin((ulong)packed);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Isin other) => _packed.CompareTo(other._packed);

    /// <summary>Writes the twelve characters.</summary>
    /// <returns>The text, or an empty string for <c>default</c>.</returns>
    public override string ToString() => _packed == 0 ? string.Empty : Base36.Unpack(_packed, Length);

    private static bool HasCountryForm(string text) =>
        char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]);

    private static int LuhnSum(ReadOnlySpan<char> text, bool twice)
    {
        int sum = 0;
        for (int i = text.Length - 1; i >= 0; i--)
        {
            int value = Base36.ValueOf(text[i]);
            sum += LuhnDigit(value % 10, twice);
            twice = !twice;
            if (value >= 10)
            {
                sum += LuhnDigit(value / 10, twice);
                twice = !twice;
            }
        }

        return sum;
    }

    private static int LuhnDigit(int digit, bool twice) => !twice ? digit : (digit * 2 / 10) + (digit * 2 % 10);
}
