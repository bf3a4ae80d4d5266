using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Consortium.Client.Verification;
using Consortium.Ledger;

namespace Consortium.Cli.Commands;

/// <summary>Verifies an exported chain.</summary>
internal sealed class VerifyCommand : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The exported chain" };
    private readonly Option<Digest> _network =
        Ids.Hash("--network", "ID", "The network's id as you know it; without it, the one in the file is only told");

    public VerifyCommand()
        : base("verify", "Verify an exported chain without a network: signatures, work, targets, roots, zero sums")
    {
        Arguments.Add(_file);
        Options.Add(_network);
    }

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(
            context.Required(_file),
            new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 1 << 20 });
        var options = new ChainVerificationOptions
        {
            ExpectedNetwork = context.Given(_network) ? context.Required(_network) : null,
        };
        var started = context.CliEnvironment.Time.GetTimestamp();
        var report = await ProgressBar.RunAsync(
            context,
            "Verifying",
            stream.Length,
            progress => ChainFile.VerifyAsync(stream, options, progress, cancellationToken));
        var seconds = context.CliEnvironment.Time.GetElapsedTime(started).TotalSeconds;
        return new VerbResult(ToJson(report, seconds), console => console.Facts(Facts(report, seconds)))
        {
            Failure = report.Fault is not { } fault ? null : new Failure(
                0,
                "chain_invalid",
                $"The chain does not hold: {fault}",
                "Do not rely on this file from that block on; get an export from another member and compare."),
        };
    }

    private static JsonObject ToJson(ChainReport report, double seconds)
    {
        var json = new JsonObject
        {
            ["verified"] = report.Fault is null,
            ["network"] = report.Network.ToString(),
            ["height"] = report.Height,
            ["finalHeight"] = report.FinalHeight,
            ["tipHash"] = report.TipHash.ToString(),
            ["stateRoot"] = report.StateRoot.ToString(),
            ["transactions"] = report.TransactionCount,
            ["signatures"] = report.SignatureCount,
            ["bytes"] = report.BytesRead,
            ["seconds"] = Math.Round(seconds, 3),
        };
        if (report.Fault is { } fault)
        {
            json["fault"] = new JsonObject
            {
                ["block"] = fault.Height,
                ["transaction"] = fault.Transaction,
                ["rule"] = fault.Rule,
                ["detail"] = fault.Detail,
            };
        }

        return json;
    }

    private static List<(string Name, string Value)> Facts(ChainReport report, double seconds) =>
    [
        ("Verdict", report.Fault is null ? "every rule holds" : "broken"),
        ("Network", report.Network.ToString()),
        ("Blocks", string.Create(CultureInfo.InvariantCulture, $"{report.Height}, final up to {report.FinalHeight}")),
        ("Last block", report.TipHash.ToString()),
        ("State root", report.StateRoot.ToString()),
        ("Transactions", string.Create(CultureInfo.InvariantCulture, $"{report.TransactionCount} with {report.SignatureCount} signatures")),
        ("Took", string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s for {report.BytesRead} bytes")),
    ];
}
