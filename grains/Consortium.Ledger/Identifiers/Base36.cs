namespace Consortium.Ledger.Identifiers;

/// <summary>
/// Identifiers made of digits and capital letters, held as one number so that they compare as their text does.
/// </summary>
internal static class Base36
{
    /// <summary>
    /// The value of a digit (0 to 9) or a capital letter (10 to 35), as ISO 7064 and ISO 6166 count them.
    /// </summary>
    /// <param name="character">The character.</param>
    /// <returns>Its value, or -1 when it is neither.</returns>
    public static int ValueOf(char character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'A' and <= 'Z' => character - 'A' + 10,
        _ => -1,
    };

    /// <summary>Packs at most 24 digits and capital letters into a number.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The number, or zero when the text holds anything else.</param>
    /// <returns>Whether every character is a digit or a capital letter.</returns>
    public static bool TryPack(ReadOnlySpan<char> text, out UInt128 value)
    {
        value = 0;
        UInt128 packed = 0;
        foreach (char character in text)
        {
            int digit = ValueOf(character);
            if (digit < 0)
            {
                return false;
            }

            packed = (packed * 36) + (UInt128)digit;
        }

        value = packed;
        return true;
    }

    /// <summary>Writes a packed number out again.</summary>
    /// <param name="value">The number.</param>
    /// <param name="length">How many characters the text had.</param>
    /// <returns>The text.</returns>
    public static string Unpack(UInt128 value, int length)
    {
        Span<char> text = stackalloc char[length];
        for (int i = length - 1; i >= 0; i--)
        {
            int digit = (int)(value % 36);
            value /= 36;
            text[i] = (char)(digit < 10 ? '0' + digit : 'A' + digit - 10);
        }

        return text.ToString();
    }
}
