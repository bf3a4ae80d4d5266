using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Consortium.Ledger.Identifiers;

/// <summary>
/// A legal entity identifier: who an institution is (ISO 17442-1, check digits by ISO/IEC 7064 MOD 97-10).
/// </summary>
/// <remarks>
/// <para>
/// Twenty digits and capital letters, the last two of them check digits from 02 to 98. The form is checked, not that
/// the identifier has been issued: that is a question for the register of the GLEIF.
/// </para>
/// <para>Ordered as its text is, ordinally. <c>default</c> is no identifier: its text is empty.</para>
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Lei : IComparable<Lei>
{
    /// <summary>Characters of an LEI, its two check digits included (ISO 17442).</summary>
    public const int Length = 20;

    private const int CheckDigitsLength = 2;

    private readonly UInt128 _packed;

    private Lei(UInt128 packed) => _packed = packed;

    /// <summary>Orders two identifiers as their texts.</summary>
    /// <param name="left">The first identifier.</param>
    /// <param name="right">The second identifier.</param>
    /// <returns>Whether <paramref name="left"/> comes before <paramref name="right"/>.</returns>
    public static bool operator <(Lei left, Lei right) => left.CompareTo(right) < 0;

    /// <summary>Orders two identifiers as their texts.</summary>
    /// <param name="left">The first identifier.</param>
    /// <param name="right">The second identifier.</param>
    /// <returns>Whether <paramref name="left"/> comes after <paramref name="right"/>.</returns>
    public static bool operator >(Lei left, Lei right) => left.CompareTo(right) > 0;

    /// <summary>Orders two identifiers as their texts.</summary>
    /// <param name="left">The first identifier.</param>
    /// <param name="right">The second identifier.</param>
    /// <returns>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</returns>
    public static bool operator <=(Lei left, Lei right) => left.CompareTo(right) <= 0;

    /// <summary>Orders two identifiers as their texts.</summary>
    /// <param name="left">The first identifier.</param>
    /// <param name="right">The second identifier.</param>
    /// <returns>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</returns>
    public static bool operator >=(Lei left, Lei right) => left.CompareTo(right) >= 0;

    /// <summary>Adds the check digits to the part an issuer chooses.</summary>
    /// <param name="parts">Eighteen digits and capital letters: four of the issuer and fourteen of the entity.</param>
    /// <returns>The identifier of twenty characters.</returns>
    /// <exception cref="ArgumentException"><paramref name="parts"/> is anything else.</exception>
    public static Lei FromParts(string parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Length != Length - CheckDigitsLength || !Base36.TryPack(parts, out UInt128 packed))
        {
            throw new ArgumentException("The parts of a LEI are eighteen digits and capital letters.", nameof(parts));
        }

        int check = 98 - (Remainder97(parts) * 100 % 97);
        return new Lei((packed * 36 * 36) + (UInt128)((check / 10 * 36) + (check % 10)));
    }

    /// <summary>Reads an identifier; small letters and spaces are refused.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lei">The identifier, or <c>default</c> when the text is not one.</param>
    /// <returns>Whether the text is twenty characters of the right kind with the right check digits.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Lei lei)
    {
        lei = default;
        if (text is null
            || text.Length != Length
            || !Base36.TryPack(text, out UInt128 packed)
            || !char.IsAsciiDigit(text[^2])
            || !char.IsAsciiDigit(text[^1]))
        {
            return false;
        }

        // 00, 01 and 99 leave the same remainder as 97, 98 and 02, which are what the standard computes.
        int check = ((text[^2] - '0') * 10) + (text[^1] - '0');
        if (check is < 2 or > 98 || Remainder97(text) != 1)
        {
            return false;
        }

        lei = new Lei(packed);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Lei other) => _packed.CompareTo(other._packed);

    /// <summary>Writes the twenty characters.</summary>
    /// <returns>The text, or an empty string for <c>default</c>.</returns>
    public override string ToString() => _packed == 0 ? string.Empty : Base36.Unpack(_packed, Length);

    private static int Remainder97(ReadOnlySpan<char> text)
    {
        int remainder = 0;
        foreach (char character in text)
        {
            int value = Base36.ValueOf(character);
            remainder = ((remainder * (value < 10 ? 10 : 100)) + value) % 97;
        }

        return remainder;
    }
}
