using System.Diagnostics.CodeAnalysis;

namespace Consortium.Ledger.Encoding;

/// <summary>
/// Text for bytes that people copy: a readable prefix, thirty-two safe characters, a checksum (BIP 350, on the base of
/// BIP 173).
/// </summary>
/// <remarks>
/// <para>
/// The checksum finds every change of up to four characters in a text of at most <see cref="TextLengthMax"/>.
/// </para>
/// <para>
/// Bytes travel as <em>words</em> of five bits. <see cref="Encode"/> and <see cref="TryDecode"/> speak of bytes and are
/// what an id needs; the methods on words are what the standard itself speaks of, and accept texts whose words are no
/// whole number of bytes.
/// </para>
/// </remarks>
public static class Bech32m
{
    /// <summary>
    /// The most characters a text may have, prefix and checksum included (BIP 173: the checksum is designed for it).
    /// </summary>
    public const int TextLengthMax = 90;

    /// <summary>
    /// The most characters a prefix may have: what the separator and the checksum leave of <see cref="TextLengthMax"/>.
    /// </summary>
    public const int PrefixLengthMax = TextLengthMax - 1 - ChecksumLength;

    private const int ChecksumLength = 6;
    private const char Separator = '1';
    private const uint ChecksumConstant = 0x2bc830a3;
    private const string Characters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    private static ReadOnlySpan<uint> Generators => [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    /// <summary>Writes bytes as text.</summary>
    /// <param name="prefix">The prefix that tells the kind of the bytes: 1 to 83 characters of visible ASCII without capitals.</param>
    /// <param name="bytes">The bytes; thirty-two of them leave room for a prefix of 31 characters.</param>
    /// <returns>The text, in small letters.</returns>
    /// <exception cref="ArgumentException">The prefix is not one, or the text would be longer than
    /// <see cref="TextLengthMax"/>.</exception>
    public static string Encode(string prefix, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (bytes.Length > TextLengthMax)
        {
            throw TooLong(nameof(bytes));
        }

        return EncodeWords(prefix, ToWords(bytes));
    }

    /// <summary>Reads text that <see cref="Encode"/> could have written, in small letters or in capitals.</summary>
    /// <param name="text">The text; anything at all may be passed.</param>
    /// <param name="prefix">The prefix in small letters, or an empty string when the text is refused.</param>
    /// <param name="bytes">The bytes, or an empty array when the text is refused.</param>
    /// <returns>
    /// Whether the text is well formed: length, characters, one case only, checksum, a whole number of bytes with zero
    /// padding.
    /// </returns>
    public static bool TryDecode([NotNullWhen(true)] string? text, out string prefix, out byte[] bytes)
    {
        if (TryDecodeWords(text, out prefix, out byte[] words) && TryToBytes(words, out bytes))
        {
            return true;
        }

        prefix = string.Empty;
        bytes = [];
        return false;
    }

    /// <summary>Writes words of five bits as text.</summary>
    /// <param name="prefix">The prefix that tells the kind of the words: 1 to 83 characters of visible ASCII without capitals.</param>
    /// <param name="words">One word per element, each less than 32.</param>
    /// <returns>The text, in small letters.</returns>
    /// <exception cref="ArgumentException">
    /// The prefix is not one, an element is no word, or the text would be longer than <see cref="TextLengthMax"/>.
    /// </exception>
    public static string EncodeWords(string prefix, ReadOnlySpan<byte> words)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (!IsPrefix(prefix))
        {
            throw new ArgumentException(
                "A prefix has 1 to 83 characters of visible ASCII and no capitals.", nameof(prefix));
        }

        if (words.ContainsAnyExceptInRange((byte)0, (byte)31))
        {
            throw new ArgumentException("A word has five bits.", nameof(words));
        }

        int length = prefix.Length + 1 + words.Length + ChecksumLength;
        if (length > TextLengthMax)
        {
            throw TooLong(nameof(words));
        }

        Span<char> text = stackalloc char[TextLengthMax];
        prefix.CopyTo(text);
        text[prefix.Length] = Separator;
        Span<char> data = text[(prefix.Length + 1)..length];
        for (int i = 0; i < words.Length; i++)
        {
            data[i] = Characters[words[i]];
        }

        uint checksum = Checksum(prefix, words, stackalloc byte[ChecksumLength]) ^ ChecksumConstant;
        for (int i = 0; i < ChecksumLength; i++)
        {
            data[words.Length + i] = Characters[(int)(checksum >> (5 * (ChecksumLength - 1 - i))) & 31];
        }

        return text[..length].ToString();
    }

    /// <summary>
    /// Reads text that <see cref="EncodeWords"/> could have written, in small letters or in capitals.
    /// </summary>
    /// <param name="text">The text; anything at all may be passed.</param>
    /// <param name="prefix">The prefix in small letters, or an empty string when the text is refused.</param>
    /// <param name="words">The words of five bits without the checksum, or an empty array when the text is
    /// refused.</param>
    /// <returns>Whether the text is Bech32m by BIP 350.</returns>
    public static bool TryDecodeWords([NotNullWhen(true)] string? text, out string prefix, out byte[] words)
    {
        prefix = string.Empty;
        words = [];
        if (text is null || text.Length > TextLengthMax || !HasOneCase(text))
        {
            return false;
        }

        string lower = text.ToLowerInvariant();
        int separator = lower.LastIndexOf(Separator);
        if (separator < 0 || lower.Length - separator - 1 < ChecksumLength || !IsPrefix(lower.AsSpan(0, separator)))
        {
            return false;
        }

        Span<byte> data = stackalloc byte[lower.Length - separator - 1];
        for (int i = 0; i < data.Length; i++)
        {
            int word = Characters.IndexOf(lower[separator + 1 + i], StringComparison.Ordinal);
            if (word < 0)
            {
                return false;
            }

            data[i] = (byte)word;
        }

        ReadOnlySpan<char> readPrefix = lower.AsSpan(0, separator);
        if (Checksum(readPrefix, data[..^ChecksumLength], data[^ChecksumLength..]) != ChecksumConstant)
        {
            return false;
        }

        prefix = readPrefix.ToString();
        words = data[..^ChecksumLength].ToArray();
        return true;
    }

    /// <summary>Cuts bytes into words of five bits, the last one padded with zero bits.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The words, one per element.</returns>
    public static byte[] ToWords(ReadOnlySpan<byte> bytes)
    {
        var words = new byte[((bytes.Length * 8) + 4) / 5];
        uint bits = 0;
        int held = 0;
        int count = 0;
        foreach (byte value in bytes)
        {
            bits = ((bits << 8) | value) & 0xfff;
            for (held += 8; held >= 5; held -= 5)
            {
                words[count++] = (byte)((bits >> (held - 5)) & 31);
            }
        }

        if (held > 0)
        {
            words[count] = (byte)((bits << (5 - held)) & 31);
        }

        return words;
    }

    /// <summary>
    /// Joins words of five bits to bytes; the one spelling that <see cref="ToWords"/> gives is accepted.
    /// </summary>
    /// <param name="words">One word per element.</param>
    /// <param name="bytes">The bytes, or an empty array when the words are refused.</param>
    /// <returns>Whether every element is a word and the padding is at most four bits, all zero.</returns>
    public static bool TryToBytes(ReadOnlySpan<byte> words, out byte[] bytes)
    {
        bytes = [];
        var joined = new byte[checked((int)((long)words.Length * 5 / 8))];
        uint bits = 0;
        int held = 0;
        int count = 0;
        foreach (byte word in words)
        {
            if (word > 31)
            {
                return false;
            }

            bits = ((bits << 5) | word) & 0xfff;
            held += 5;
            if (held >= 8)
            {
                held -= 8;
                joined[count++] = (byte)((bits >> held) & 0xff);
            }
        }

        if (held > 4 || (bits & ((1u << held) - 1)) != 0)
        {
            return false;
        }

        bytes = joined;
        return true;
    }

    private static ArgumentException TooLong(string parameter) =>
        new($"A text has at most {TextLengthMax} characters.", parameter);

    private static bool IsPrefix(ReadOnlySpan<char> prefix) =>
        prefix.Length is > 0 and <= PrefixLengthMax
        && !prefix.ContainsAnyExceptInRange('!', '~')
        && !prefix.ContainsAnyInRange('A', 'Z');

    private static bool HasOneCase(string text) =>
        !(text.AsSpan().ContainsAnyInRange('A', 'Z') && text.AsSpan().ContainsAnyInRange('a', 'z'))
        && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static uint Checksum(ReadOnlySpan<char> prefix, ReadOnlySpan<byte> words, ReadOnlySpan<byte> checksum)
    {
        uint sum = 1;
        foreach (char character in prefix)
        {
            sum = Step(sum, (uint)character >> 5);
        }

        sum = Step(sum, 0);
        foreach (char character in prefix)
        {
            sum = Step(sum, (uint)character & 31);
        }

        foreach (byte word in words)
        {
            sum = Step(sum, word);
        }

        foreach (byte word in checksum)
        {
            sum = Step(sum, word);
        }

        return sum;
    }

    private static uint Step(uint sum, uint word)
    {
        uint top = sum >> 25;
        uint next = ((sum & 0x1ffffff) << 5) ^ word;
        for (int i = 0; i < Generators.Length; i++)
        {
            if (((top >> i) & 1) != 0)
            {
                next ^= Generators[i];
            }
        }

        return next;
    }
}
