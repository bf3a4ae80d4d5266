using System.Text.RegularExpressions;
using Consortium.Tests.Tidy;

namespace Consortium.Tests.Kubernetes;

/// <summary>The metrics that the code defines, with the names that Prometheus gives them.</summary>
internal static partial class Instruments
{
    private static readonly string[] Folders = ["grains", "silos", "gateway"];
    private static readonly string[] HistogramParts = ["_bucket", "_sum", "_count"];

    /// <summary>Kind and unit of each instrument in the source, by name.</summary>
    public static IReadOnlyDictionary<string, (string Kind, string Unit)> InSource() =>
        Folders
            .SelectMany(folder => SourceTree.Files(folder, "*.cs"))
            .SelectMany(path => Creations().Matches(SourceTree.Read(path)))
            .ToDictionary(match => match.Groups["name"].Value, match => (match.Groups["kind"].Value, match.Groups["unit"].Value), StringComparer.Ordinal);

    /// <summary>Every series that Prometheus can have.</summary>
    public static IReadOnlySet<string> Series() =>
        InSource()
            .SelectMany(pair => SeriesOf(pair.Key, pair.Value.Kind, pair.Value.Unit))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The name that the collector's Prometheus exporter makes: unit spelt out once, and _total for counters.</summary>
    public static string Prometheus(string name, string kind, string unit)
    {
        var suffix = unit switch { "s" => "_seconds", "By" => "_bytes", ['{', ..] => string.Empty, _ => throw new InvalidOperationException($"{name}: the unit {unit} has no Prometheus name here.") };
        var metric = name.Replace('.', '_');
        metric = metric.EndsWith(suffix, StringComparison.Ordinal) ? metric : metric + suffix;
        return kind.EndsWith("Counter", StringComparison.Ordinal) && !kind.EndsWith("UpDownCounter", StringComparison.Ordinal) ? metric + "_total" : metric;
    }

    private static IEnumerable<string> SeriesOf(string name, string kind, string unit)
    {
        var metric = Prometheus(name, kind, unit);
        return kind == "Histogram" ? HistogramParts.Select(part => metric + part) : [metric];
    }

    [GeneratedRegex("""\.Create(?<kind>[A-Za-z]+)(<[a-z]+>)?\(\s*"(?<name>consortium\.[a-z._]+)",\s*(?:\(?\)?[^"]*?)"(?<unit>[^"]+)",""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Creations();
}
