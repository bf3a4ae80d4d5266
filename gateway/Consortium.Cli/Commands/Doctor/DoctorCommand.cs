using System.Text.Json.Nodes;
using Consortium.Api;
using Spectre.Console;

namespace Consortium.Cli.Commands;

/// <summary>Judges the network's health by the answers of its parts to a gateway.</summary>
internal sealed class DoctorCommand : Verb
{
    public DoctorCommand()
        : base("doctor", "Examine the network: members and silos, clocks, certificates, sealing, finality, journal, shards")
    {
    }

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var time = context.CliEnvironment.Time;
        var asked = time.GetUtcNow();
        var report = await context.Client.GetDoctorAsync(cancellationToken);
        var answered = time.GetUtcNow();
        var (skew, uncertainty) = Skew(asked, answered, report);
        var findings = DoctorRules.Judge(report, skew, uncertainty);
        return new VerbResult(ToJson(findings, report), console => Show(console, findings)) { Failure = FailureOf(findings) };
    }

    /// <summary>The gateway reads its clock last, so the time that it took before that does not count as time on the way back.</summary>
    internal static (TimeSpan Skew, TimeSpan Uncertainty) Skew(DateTimeOffset asked, DateTimeOffset answered, DoctorResponse report)
    {
        var way = answered - asked - TimeSpan.FromMilliseconds(report.ElapsedMs);
        var half = way > TimeSpan.Zero ? way / 2 : TimeSpan.Zero;
        return (DateTimeOffset.FromUnixTimeMilliseconds((long)report.TimeMs) - (answered - half), half);
    }

    private static JsonObject ToJson(IReadOnlyList<Finding> findings, DoctorResponse report) => new()
    {
        ["verdict"] = EnumText.Write(findings.Max(finding => finding.Level)),
        ["findings"] = new JsonArray([.. findings.Select(finding => (JsonNode)new JsonObject
        {
            ["check"] = finding.Check,
            ["level"] = EnumText.Write(finding.Level),
            ["what"] = finding.What,
            ["why"] = finding.Why,
            ["action"] = finding.Action,
        })]),
        ["report"] = VerbResult.ToJson(report),
    };

    private static void Show(IAnsiConsole console, IReadOnlyList<Finding> findings)
    {
        var writer = console.Profile.Out.Writer;
        var width = findings.Max(finding => finding.Check.Length) + 2;
        foreach (var finding in findings)
        {
            writer.WriteLine($"{EnumText.Write(finding.Level),-9}{finding.Check.PadRight(width)}{finding.What}");
            if (finding.Level != FindingLevel.Ok)
            {
                var indent = new string(' ', 9 + width);
                writer.WriteLine($"{indent}Why: {finding.Why}");
                writer.WriteLine($"{indent}What to do: {finding.Action}");
            }
        }
    }

    private static Failure? FailureOf(IReadOnlyList<Finding> findings)
    {
        Finding[] failures = [.. findings.Where(finding => finding.Level == FindingLevel.Failure)];
        var checks = string.Join(", ", failures.Select(finding => finding.Check).Distinct(StringComparer.Ordinal));
        return failures.Length == 0 ? null : new Failure(
            0,
            "network_unwell",
            $"{failures.Length} of {findings.Count} findings are failures, in: {checks}.",
            "Each failure above says what to do; begin with the first, since others often follow from it.");
    }
}
