using System.Text.RegularExpressions;

namespace Consortium.Storage.Segments;

/// <summary>The form of segment names, chosen so that files and blobs alike can have them.</summary>
public static partial class SegmentName
{
    /// <summary>Most characters of a name.</summary>
    /// <remarks>File names end at 255 on common file systems, blob names at 1,024.</remarks>
    public const int LengthMax = 200;

    /// <summary>Throws unless a text is the name of a segment.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">The text is not a name.</exception>
    public static void Check(string name)
    {
        if (name.Length > LengthMax || !Whole().IsMatch(name))
        {
            throw NotAName(name);
        }
    }

    /// <summary>Throws unless names may begin with a text.</summary>
    /// <param name="prefix">The prefix; may be empty or end in the middle of a part.</param>
    /// <exception cref="ArgumentException">No name may begin with the text.</exception>
    public static void CheckPrefix(string prefix)
    {
        if (prefix.Length > LengthMax || !Beginning().IsMatch(prefix))
        {
            throw NotAName(prefix);
        }
    }

    private static ArgumentException NotAName(string text) => new(
        $"'{text}' is not the name of a segment. Use at most {LengthMax} letters, digits, '-', '_' and '.', in parts divided by '/'; no part begins with '.'.",
        nameof(text));

    [GeneratedRegex(@"\A[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\A([A-Za-z0-9_-][A-Za-z0-9._-]*/)*([A-Za-z0-9_-][A-Za-z0-9._-]*)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Beginning();
}
