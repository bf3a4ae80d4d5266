using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Consortium.Ledger.Identifiers;

/// <summary>A country by its two letters (ISO 3166-1 alpha-2).</summary>
/// <remarks>
/// <para>Only officially assigned codes: neither reserved ones (EU, UK) nor those left to users (XK).</para>
/// <para>Ordered alphabetically. <c>default</c> is no country: its text is empty.</para>
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CountryCode : IComparable<CountryCode>
{
    private readonly string? _code;

    private CountryCode(string code) => _code = code;

    /// <summary>Every assigned code in alphabetical order.</summary>
    public static IReadOnlyCollection<string> Assigned => CountryTable.Codes;

    /// <summary>Orders two codes alphabetically.</summary>
    /// <param name="left">The first code.</param>
    /// <param name="right">The second code.</param>
    /// <returns>Whether <paramref name="left"/> comes before <paramref name="right"/>.</returns>
    public static bool operator <(CountryCode left, CountryCode right) => left.CompareTo(right) < 0;

    /// <summary>Orders two codes alphabetically.</summary>
    /// <param name="left">The first code.</param>
    /// <param name="right">The second code.</param>
    /// <returns>Whether <paramref name="left"/> comes after <paramref name="right"/>.</returns>
    public static bool operator >(CountryCode left, CountryCode right) => left.CompareTo(right) > 0;

    /// <summary>Orders two codes alphabetically.</summary>
    /// <param name="left">The first code.</param>
    /// <param name="right">The second code.</param>
    /// <returns>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</returns>
    public static bool operator <=(CountryCode left, CountryCode right) => left.CompareTo(right) <= 0;

    /// <summary>Orders two codes alphabetically.</summary>
    /// <param name="left">The first code.</param>
    /// <param name="right">The second code.</param>
    /// <returns>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</returns>
    public static bool operator >=(CountryCode left, CountryCode right) => left.CompareTo(right) >= 0;

    /// <summary>Reads two capital letters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="country">The country, or <c>default</c> when there is none of that code.</param>
    /// <returns>Whether the text is an assigned code.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out CountryCode country)
    {
        bool found = text is not null && CountryTable.Contains(text);
        country = found ? new CountryCode(text!) : default; // Not null: it was found.
        return found;
    }

    /// <inheritdoc/>
    public int CompareTo(CountryCode other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>Writes the code.</summary>
    /// <returns>Two capital letters, or an empty string for <c>default</c>.</returns>
    public override string ToString() => _code ?? string.Empty;
}
