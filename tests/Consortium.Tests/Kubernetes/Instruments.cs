using System.Text.RegularExpressions;
using Consortium.Tests.Tidy;

namespace Consortium.Tests.Kubernetes;

/// <summary>The metrics that the code makes, and what Prometheus calls them.</summary>
internal static partial class Instruments
{
    // Those of the cluster edition, which not every build of these tests can see in the source: name, kind, unit.
    private static readonly (string Name, string Kind, string Unit)[] OfTheCluster =
    [
        ("consortium.order.duration", "Histogram", "s"),
        ("consortium.journal.append.duration", "Histogram", "s"),
        ("consortium.journal.conflicts", "Counter", "{conflict}"),
        ("consortium.activations", "UpDownCounter", "{activation}"),
        ("consortium.seal.duration", "Histogram", "s"),
        ("consortium.node.status", "ObservableGauge", "{node}"),
    ];

    /// <summary>Kind and unit of each instrument in the source, by name.</summary>
    public static IReadOnlyDictionary<string, (string Kind, string Unit)> InSource() =>
        new[] { "grains", "silos", "gateway" }
            .SelectMany(folder => SourceTree.Files(folder, "*.cs"))
            .SelectMany(path => Creations().Matches(SourceTree.Read(path)))
            .ToDictionary(match => match.Groups["name"].Value, match => (match.Groups["kind"].Value, match.Groups["unit"].Value), StringComparer.Ordinal);

    /// <summary>Instruments of the cluster that the source has, but as something else.</summary>
    public static IEnumerable<string> Disagreements()
    {
        var source = InSource();
        return from one in OfTheCluster
               where source.TryGetValue(one.Name, out var found) && (Prometheus(one.Name, one.Kind, one.Unit), 0) != (Prometheus(one.Name, found.Kind, found.Unit), 0)
               select $"{one.Name} is a {source[one.Name].Kind} in {source[one.Name].Unit} in the source";
    }

    /// <summary>Every series that Prometheus can have.</summary>
    public static IReadOnlySet<string> Series() =>
        InSource().Select(pair => (Name: pair.Key, pair.Value.Kind, pair.Value.Unit)).Concat(OfTheCluster)
            .Select(one => (Base: Prometheus(one.Name, one.Kind, one.Unit), one.Kind))
            .SelectMany(one => one.Kind.EndsWith("Histogram", StringComparison.Ordinal)
                ? new[] { "_bucket", "_sum", "_count" }.Select(part => one.Base + part)
                : [one.Base])
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The name that the collector's Prometheus exporter makes: unit spelt out once, and _total for counters.</summary>
    public static string Prometheus(string name, string kind, string unit)
    {
        var suffix = unit switch { "s" => "_seconds", "By" => "_bytes", ['{', ..] => string.Empty, _ => throw new InvalidOperationException($"{name}: the unit {unit} has no Prometheus name here.") };
        var metric = name.Replace('.', '_');
        metric = metric.EndsWith(suffix, StringComparison.Ordinal) ? metric : metric + suffix;
        return kind.EndsWith("Counter", StringComparison.Ordinal) && !kind.EndsWith("UpDownCounter", StringComparison.Ordinal) ? metric + "_total" : metric;
    }

    [GeneratedRegex("""\.Create(?<kind>[A-Za-z]+)(<[a-z]+>)?\(\s*"(?<name>consortium\.[a-z._]+)",\s*(?:\(?\)?[^"]*?)"(?<unit>[^"]+)",""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Creations();
}
