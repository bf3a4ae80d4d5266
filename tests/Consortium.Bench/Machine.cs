using System.Globalization;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace Consortium.Bench;

/// <summary>Describes the machine of the measurements, and prints their table.</summary>
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

    public static void Print(IReadOnlyList<Figure> figures)
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumns("what", "median", "spread", "goal", "measured");
        foreach (var figure in figures)
        {
            var value = figure.Value;
            table.AddRow(
                Markup.Escape(figure.Name),
                Number(value.Median) + (figure.Reached ? string.Empty : " (missed)"),
                $"{Number(value.Min)} to {Number(value.Max)}, {value.Count} times",
                (figure.AtMost ? "≤ " : "≥ ") + figure.Goal.ToString("0.##", CultureInfo.InvariantCulture),
                Markup.Escape(figure.Detail));
        }

        AnsiConsole.Profile.Width = 240;
        AnsiConsole.Write(table);
        Console.WriteLine(Describe());
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
