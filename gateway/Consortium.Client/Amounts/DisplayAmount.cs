using System.Globalization;
using Consortium.Ledger;

namespace Consortium.Client.Amounts;

/// <summary>Amounts as people write them: decimals of a display unit, turned into smallest units exactly.</summary>
/// <remarks>Text is moved, never rounded: more decimals than the asset has are refused, however many are zero.</remarks>
public static class DisplayAmount
{
    /// <summary>Reads an amount.</summary>
    /// <param name="text">Digits with at most one point, for example <c>12.50</c>; no sign, exponent, blank or separator.</param>
    /// <param name="decimals">Decimals of the asset, 0 to 18.</param>
    /// <param name="units">Smallest units, or zero.</param>
    /// <returns>A sentence that says what is wrong with the text, or <see langword="null"/> when nothing is.</returns>
    public static string? TryParse(string? text, uint decimals, out UInt128 units)
    {
        units = 0;
        if (text is null || text.Length is 0 or > 64 || !HasForm(text))
        {
            return "An amount has digits and at most one point between digits, for example 12.50.";
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? string.Empty : text[(point + 1)..];
        if ((uint)fraction.Length > decimals)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"'{text}' has {fraction.Length} decimals; the asset has {decimals}, and an amount is never rounded.");
        }

        var digits = whole + fraction.PadRight((int)decimals, '0');
        return UInt128.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out units)
            && units <= LedgerLimits.AuthorisedMax
                ? null
                : TooLarge(text, out units);
    }

    /// <summary>Writes an amount with all its decimals.</summary>
    /// <param name="units">Smallest units.</param>
    /// <param name="decimals">Decimals of the asset.</param>
    /// <returns>For example <c>12.50</c>; text that <see cref="TryParse"/> reads when it is not negative.</returns>
    public static string Format(Int128 units, uint decimals)
    {
        // The magnitude by text, because the smallest Int128 has no positive counterpart.
        var digits = units.ToString(CultureInfo.InvariantCulture);
        var sign = digits.StartsWith('-') ? "-" : string.Empty;
        digits = digits[sign.Length..];
        if (decimals == 0)
        {
            return sign + digits;
        }

        digits = digits.PadLeft((int)decimals + 1, '0');
        return $"{sign}{digits[..^(int)decimals]}.{digits[^(int)decimals..]}";
    }

    private static bool HasForm(string text)
    {
        var points = 0;
        foreach (var character in text)
        {
            if (character == '.')
            {
                points++;
            }
            else if (!char.IsAsciiDigit(character))
            {
                return false;
            }
        }

        return points <= 1 && text[0] != '.' && text[^1] != '.';
    }

    private static string TooLarge(string text, out UInt128 units)
    {
        units = 0;
        return $"'{text}' is more than an asset can have; {LedgerLimits.AuthorisedMax} smallest units is the most.";
    }
}
