using Consortium.Simulation.Defects;
using Consortium.Simulation.Faults;

namespace Consortium.Simulation.Reporting;

/// <summary>Lists the checkers, kinds of fault and planted defects, for <c>--list</c>.</summary>
internal static class Listing
{
    public static void Write(TextWriter output)
    {
        output.WriteLine("checkers:");
        foreach (var (name, rule) in Checkers())
        {
            output.WriteLine($"  {name,-14}{rule}");
        }

        output.WriteLine("kinds of faults, as --without takes them:");
        foreach (var kind in SwitchableFaults.All)
        {
            output.WriteLine($"  {kind}");
        }

        output.WriteLine(DefectCatalogue.All.Count == 0 ? "planted defects: none" : "planted defects, and the checkers that find them:");
        foreach (var defect in DefectCatalogue.All)
        {
            output.WriteLine($"  {defect.Name}: {string.Join(", ", defect.Checkers)}");
        }
    }

    // The table in Checkers/README.md is the only place that says what each requires.
    internal static IReadOnlyList<(string Name, string Rule)> Checkers()
    {
        using var reader = new StreamReader(typeof(Listing).Assembly.GetManifestResourceStream("checkers.md")!);
        return
        [
            .. reader.ReadToEnd()
                .Split('\n')
                .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
                .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
                .Select(cells => (cells[1].Trim('`'), cells[2])),
        ];
    }
}
