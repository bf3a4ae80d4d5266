using System.CommandLine;
using System.Text.Json.Nodes;
using Consortium.Client.Load;

namespace Consortium.Cli.Commands;

/// <summary>Looks for acknowledged transactions in the chain.</summary>
internal sealed class CheckAcksCommand : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The file that 'load --acks FILE' wrote" };

    private readonly Option<int> _timeout = new("--timeout")
    {
        Description = "Seconds to wait until all that was ordered is sealed",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 120,
    };

    public CheckAcksCommand()
        : base("check-acks", "Check that every acknowledged transaction is in the chain, once; prints one JSON line")
    {
        _timeout.RequireRange(1, 86_400);
        Arguments.Add(_file);
        Options.Add(_timeout);
    }

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var report = await new AckCheck(context.Client, context.CliEnvironment.Time).RunAsync(
            context.Required(_file),
            TimeSpan.FromSeconds(context.Required(_timeout)),
            cancellationToken);
        var json = new JsonObject
        {
            ["acked"] = report.Acked,
            ["found"] = report.Found,
            ["missing"] = report.Missing,
            ["duplicated"] = report.Duplicated,
            ["height"] = report.Height,
        };
        return new VerbResult(json, static _ => { })
        {
            AlwaysJson = true,
            Failure = report is { Missing: 0, Duplicated: 0 } ? null : new Failure(
                0,
                "acks_do_not_hold",
                $"Of {report.Acked} acknowledged transactions {report.Missing} are missing from the chain{Example(report.FirstMissing)} and {report.Duplicated} are in it more than once{Example(report.FirstDuplicated)}.",
                "Keep the data folder and the file: an acknowledged transaction must never be lost. Report both."),
        };
    }

    private static string Example(string? id) => id is null ? string.Empty : $" (first {id})";
}
