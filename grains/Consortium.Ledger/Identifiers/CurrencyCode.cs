using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Consortium.Ledger.Identifiers;

/// <summary>An active currency, fund or precious metal by its alphabetic code (ISO 4217 list one).</summary>
/// <remarks>
/// <para>
/// Withdrawn currencies are refused. The list is part of the program: a change of it is a change of the rules.
/// </para>
/// <para>Ordered alphabetically. <c>default</c> is no currency: its text is empty.</para>
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CurrencyCode : IComparable<CurrencyCode>
{
    private readonly string? _code;
    private readonly int _numeric;
    private readonly int _minorUnits;

    private CurrencyCode(string code, int numeric, int minorUnits)
    {
        _code = code;
        _numeric = numeric;
        _minorUnits = minorUnits;
    }

    /// <summary>Every active code in alphabetical order.</summary>
    public static IReadOnlyCollection<string> Active => CurrencyTable.Codes;

    /// <summary>The numeric code, 1 to 999; zero for <c>default</c>.</summary>
    public int Numeric => _numeric;

    /// <summary>
    /// How many digits a minor unit stands behind the unit: 2 for EUR, 0 for JPY, 3 for BHD; <see langword="null"/>
    /// where the standard says that minor units do not apply, as for gold (XAU), baskets (XDR) and codes for testing
    /// (XTS).
    /// </summary>
    public int? MinorUnits => _code is null || _minorUnits == CurrencyTable.NoMinorUnits ? null : _minorUnits;

    /// <summary>Orders two codes alphabetically.</summary>
    /// <param name="left">The first code.</param>
    /// <param name="right">The second code.</param>
    /// <returns>Whether <paramref name="left"/> comes before <paramref name="right"/>.</returns>
    public static bool operator <(CurrencyCode left, CurrencyCode right) => left.CompareTo(right) < 0;

    /// <summary>Orders two codes alphabetically.</summary>
    /// <param name="left">The first code.</param>
    /// <param name="right">The second code.</param>
    /// <returns>Whether <paramref name="left"/> comes after <paramref name="right"/>.</returns>
    public static bool operator >(CurrencyCode left, CurrencyCode right) => left.CompareTo(right) > 0;

    /// <summary>Orders two codes alphabetically.</summary>
    /// <param name="left">The first code.</param>
    /// <param name="right">The second code.</param>
    /// <returns>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</returns>
    public static bool operator <=(CurrencyCode left, CurrencyCode right) => left.CompareTo(right) <= 0;

    /// <summary>Orders two codes alphabetically.</summary>
    /// <param name="left">The first code.</param>
    /// <param name="right">The second code.</param>
    /// <returns>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</returns>
    public static bool operator >=(CurrencyCode left, CurrencyCode right) => left.CompareTo(right) >= 0;

    /// <summary>Reads three capital letters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="currency">The currency, or <c>default</c> when there is no such active one.</param>
    /// <returns>Whether the text is the code of an active currency.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out CurrencyCode currency)
    {
        currency = default;
        if (text is null || !CurrencyTable.TryFind(text, out (int Numeric, int MinorUnits) row))
        {
            return false;
        }

        currency = new CurrencyCode(text, row.Numeric, row.MinorUnits);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(CurrencyCode other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>Writes the alphabetic code.</summary>
    /// <returns>Three capital letters, or an empty string for <c>default</c>.</returns>
    public override string ToString() => _code ?? string.Empty;
}
