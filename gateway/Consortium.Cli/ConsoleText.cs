using Spectre.Console;

namespace Consortium.Cli;

/// <summary>The two shapes in which results are shown to people.</summary>
internal static class ConsoleText
{
    /// <summary>Prints names and values; values are neither cut nor broken, so that ids can be copied.</summary>
    public static void Facts(this IAnsiConsole console, IReadOnlyList<(string Name, string Value)> facts)
    {
        var width = facts.Max(fact => fact.Name.Length) + 2;
        var writer = console.Profile.Out.Writer;
        foreach (var (name, value) in facts)
        {
            var lines = value.Split('\n');
            writer.WriteLine(name.PadRight(width) + lines[0]);
            foreach (var line in lines.AsSpan(1))
            {
                writer.WriteLine(new string(' ', width) + line);
            }
        }
    }

    /// <summary>Prints rows under headings, or a line that says that there are none.</summary>
    public static void Rows(
        this IAnsiConsole console,
        string none,
        IReadOnlyList<string> headings,
        IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (rows.Count == 0)
        {
            console.WriteLine(none);
            return;
        }

        var table = new Table().Border(TableBorder.Rounded);
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading)));
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        console.Write(table);
    }
}
