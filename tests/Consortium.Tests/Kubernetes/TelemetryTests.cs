using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Consortium.Tests.Tidy;

namespace Consortium.Tests.Kubernetes;

/// <summary>Alerts and dashboards ask for metrics that there are, and the guide explains every alert.</summary>
public sealed partial class TelemetryTests
{
    private const string Folder = "k8s/base/monitoring/";

    private static readonly string[] Functions = ["absent", "by", "increase", "histogram_quantile", "le", "max", "min", "rate", "sum", "and", "or", "unless", "on", "ignoring"];

    // Labels that the instruments give their measurements, and the collector the pod.
    private static readonly string[] Labels = ["code", "outcome", "status", "step", "k8s_pod_name"];

    private static readonly string[] DashboardFiles = ["network.json", "silos.json"];

    public static TheoryData<string> Dashboards { get; } = [.. DashboardFiles];

    [Fact]
    public void Every_alert_asks_for_metrics_that_there_are()
    {
        Assert.NotEmpty(Alerts());
        Assert.All(Alerts(), alert => Assert.Empty(Unknown(alert.Text("/expr"))));
    }

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void Every_panel_asks_for_metrics_that_there_are_and_says_what_it_shows(string name)
    {
        var dashboard = JsonNode.Parse(SourceTree.Read($"{Folder}dashboards/{name}"))!;
        Assert.NotEmpty(dashboard.Each("/panels"));
        Assert.All(dashboard.Each("/panels"), panel =>
        {
            Assert.NotEmpty(panel.Each("/targets"));
            Assert.All(panel.Each("/targets"), target => Assert.Empty(Unknown(target.Text("/expr"))));
            Assert.NotEmpty(panel.Text("/description"));
        });
        Assert.Equal(
            dashboard.Each("/panels").Count,
            dashboard.Each("/panels").Select(panel => panel.Text("/id")).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Every_metric_of_the_ledger_is_on_a_dashboard_or_left_out_on_purpose()
    {
        // A cluster's index is small, and every gateway has its own.
        string[] without = ["consortium_index_merged_bytes_total"];
        var shown = string.Concat(DashboardFiles.Select(file => SourceTree.Read($"{Folder}dashboards/{file}")));
        var missing = Instruments.Series().Where(series => !series.EndsWith("_sum", StringComparison.Ordinal) && !series.EndsWith("_count", StringComparison.Ordinal))
            .Where(series => !shown.Contains(series, StringComparison.Ordinal));
        Assert.Equal(without.Order(StringComparer.Ordinal), missing.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("consortium.step.duration", "Histogram", "s", "consortium_step_duration_seconds")]
    [InlineData("consortium.journal.bytes", "Counter", "By", "consortium_journal_bytes_total")]
    [InlineData("consortium.transactions.ordered", "Counter", "{transaction}", "consortium_transactions_ordered_total")]
    [InlineData("consortium.queue.length", "UpDownCounter", "{transaction}", "consortium_queue_length")]
    public void Names_are_those_of_the_collector(string name, string kind, string unit, string expected) =>
        Assert.Equal(expected, Instruments.Prometheus(name, kind, unit));

    [Theory]
    [InlineData("sum(rate(consortium_orders_total[5m]))", "consortium_orders_total")]
    [InlineData("sum by (pod) (consortium_queue_length)", "pod")]
    [InlineData("sum(consortium_queue_length_total)", "consortium_queue_length_total")]
    [InlineData("consortium_node_status{state=\"ordering\"}", "state")]
    public void A_name_that_nothing_has_is_found(string expression, string unknown) => Assert.Equal([unknown], Unknown(expression), StringComparer.Ordinal);

    [Fact]
    public void Alerts_are_whole_and_the_guide_has_a_section_for_each_and_for_no_other()
    {
        Assert.All(Alerts(), alert =>
        {
            Assert.Matches("^(critical|warning)$", alert.Text("/labels/severity"));
            Assert.NotEmpty(alert.Text("/annotations/summary"));
            Assert.Empty(alert.AsObject().Select(pair => pair.Key).Except(["alert", "expr", "for", "labels", "annotations"], StringComparer.Ordinal));
        });
        var text = Guide.Text[Guide.Text.IndexOf("\n## What each alert means\n", StringComparison.Ordinal)..];
        text = text[..text.IndexOf("\n## ", 2, StringComparison.Ordinal)];
        Assert.Equal(
            Alerts().Select(alert => alert.Text("/alert")),
            AlertSections().Matches(text).Select(match => match.Groups["name"].Value),
            StringComparer.Ordinal);
    }

    [Fact]
    public void The_collector_takes_in_and_shows_on_the_ports_of_its_pod()
    {
        var config = Yaml.Read(SourceTree.Read("k8s/base/collector/collector-config.yaml")).Single();
        var collector = ManifestSet.Render("local").Find("Deployment", "collector")!;
        var ports = collector.Each("/spec/template/spec/containers/0/ports").ToDictionary(port => port.Text("/name"), port => port.Text("/containerPort"), StringComparer.Ordinal);
        Assert.Equal($"0.0.0.0:{ports["otlp"]}", config.Text("/receivers/otlp/protocols/http/endpoint"));
        Assert.Equal($"0.0.0.0:{ports["metrics"]}", config.Text("/exporters/prometheus/endpoint"));
        Assert.Equal($"0.0.0.0:{ports["health"]}", config.Text("/extensions/health_check/endpoint"));
        Assert.Equal(ports["metrics"], collector.Text("/spec/template/metadata/annotations/prometheus.io~1port"));

        // Every part of a pipeline is defined, and every part defined is used.
        foreach (var kind in new[] { "receivers", "processors", "exporters" })
        {
            var used = config.At("/service/pipelines")!.AsObject().SelectMany(pair => pair.Value.Each("/" + kind)).Select(one => one.ToString()).ToHashSet(StringComparer.Ordinal);
            Assert.Equal(config.At("/" + kind)!.AsObject().Select(pair => pair.Key).Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        }
    }

    private static IReadOnlyList<JsonNode> Alerts() =>
        [.. Yaml.Read(SourceTree.Read(Folder + "alerts.yaml")).Single().Each("/groups").SelectMany(group => group.Each("/rules"))];

    // Words of an expression that are no function, label or series.
    private static IEnumerable<string> Unknown(string expression)
    {
        var series = Instruments.Series();
        return Words().Matches(NotWords().Replace(expression, " ")).Select(match => match.Value)
            .Where(word => !series.Contains(word) && !Functions.Contains(word, StringComparer.Ordinal) && !Labels.Contains(word, StringComparer.Ordinal));
    }

    [GeneratedRegex("[a-z_][a-z0-9_]*", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Words();

    // Texts, and times in brackets.
    [GeneratedRegex("\"[^\"]*\"|\\[[^\\]]*\\]", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NotWords();

    [GeneratedRegex("^### (?<name>.+)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex AlertSections();
}
