using System.Text;

namespace Consortium.Tests.Vectors;

/// <summary>Comma-separated values with quoted fields and a header line (RFC 4180).</summary>
internal static class Csv
{
    /// <summary>Reads the rows of a file.</summary>
    /// <param name="file">The path.</param>
    /// <returns>Per row the fields by the name of their column.</returns>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string file)
    {
        List<List<string>> rows = Parse(File.ReadAllText(file));
        return [.. rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(
            pair => pair.First, pair => pair.Second, StringComparer.Ordinal))];
    }

    private static List<List<string>> Parse(string text)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        foreach (char character in text)
        {
            if (character == '"')
            {
                // A doubled quote closes and opens again; none of these files has one inside a field.
                isQuoted = !isQuoted;
            }
            else if (isQuoted || character is not (',' or '\n' or '\r'))
            {
                field.Append(character);
            }
            else if (character != '\r')
            {
                row.Add(field.ToString());
                field.Clear();
                if (character == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
        }

        if (field.Length > 0 || row.Count > 0)
        {
            row.Add(field.ToString());
            rows.Add(row);
        }

        return rows;
    }
}
