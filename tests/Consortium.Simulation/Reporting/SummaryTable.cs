using System.Globalization;
using Consortium.Simulation.Faults;
using Consortium.Simulation.Running;
using Spectre.Console;

namespace Consortium.Simulation.Reporting;

/// <summary>Prints the counts of many runs.</summary>
internal static class SummaryTable
{
    private const int Width = 100;

    /// <summary>Writes the table.</summary>
    /// <param name="output">Where.</param>
    /// <param name="sums">The counts of the runs.</param>
    /// <param name="realTime">Real time that the runs took.</param>
    /// <param name="cpuTime">Processor time that all cores spent on it.</param>
    public static void Write(TextWriter output, RunSums sums, TimeSpan realTime, TimeSpan cpuTime)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("runs");
        table.AddColumn(new TableColumn("").RightAligned());
        table.AddColumn("faults");
        table.AddColumn(new TableColumn("").RightAligned());
        var runs = Runs(sums, realTime, cpuTime);
        var faults = Enum.GetValues<FaultKind>().Select(kind => (kind.ToString(), Count(sums.Faults(kind)))).ToList();
        for (var i = 0; i < Math.Max(runs.Count, faults.Count); i++)
        {
            var (name, value) = i < runs.Count ? runs[i] : ("", "");
            var (kind, count) = i < faults.Count ? faults[i] : ("", "");
            table.AddRow(new Text(name), new Text(value), new Text(kind), new Text(count));
        }

        Consoles.For(output, Width).Write(table);
    }

    private static List<(string Name, string Value)> Runs(RunSums sums, TimeSpan realTime, TimeSpan cpuTime) =>
    [
        ("seeds", Count(sums.Seeds)),
        ("failed", Count(sums.Failed)),
        ("virtual hours", Decimals(sums.VirtualTime.TotalHours)),
        ("events", Count(sums.Events)),
        ("transactions ordered", Count(sums.Ordered)),
        ("transactions submitted", Count(sums.Submitted)),
        ("refused", Count(sums.Refused)),
        ("reads", Count(sums.Reads)),
        ("blocks", Count(sums.Blocks)),
        ("failovers", Count(sums.Failovers)),
        ("real seconds", Decimals(realTime.TotalSeconds)),
        ("processor seconds", Decimals(cpuTime.TotalSeconds)),
        ("ordered per second and thread", Rate(sums.Ordered, sums.RunTime.TotalSeconds)),
        ("ordered per processor second", Rate(sums.Ordered, cpuTime.TotalSeconds)),
        ("seeds per hour", Rate(sums.Seeds, realTime.TotalHours)),
    ];

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Decimals(double value) => value.ToString("N1", CultureInfo.InvariantCulture);

    private static string Rate(long count, double per) => per > 0 ? (count / per).ToString("N0", CultureInfo.InvariantCulture) : "-";
}
