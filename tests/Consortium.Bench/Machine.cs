using System.Globalization;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace Consortium.Bench;

/// <summary>What the figures were measured on, and their table.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        var name = model?[(model.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        return $"{Environment.ProcessorCount} cores of {name}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";
    }

    public static void Print(IReadOnlyList<BenchRow> rows)
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumns("what", "reached", "goal", "measured");
        foreach (var row in rows)
        {
            table.AddRow(
                Markup.Escape(row.Name),
                row.Value.ToString("0.00", CultureInfo.InvariantCulture) + (row.Reached ? string.Empty : " (missed)"),
                (row.AtMost ? "≤ " : "≥ ") + row.Goal.ToString("0.##", CultureInfo.InvariantCulture),
                Markup.Escape(row.Detail));
        }

        AnsiConsole.Profile.Width = 240;
        AnsiConsole.Write(table);
        Console.WriteLine(Describe());
    }
}
