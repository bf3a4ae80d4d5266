using Consortium.Api;

namespace Consortium.Cli.Commands;

/// <summary>Whether every shard answers readers.</summary>
internal static class ShardRules
{
    private const string Check = "shards";

    public static IEnumerable<Finding> Judge(DoctorResponse report)
    {
        Finding[] silent =
        [
            .. report.Shards
                .Where(shard => shard.Position is null)
                .Select(shard => Finding.Failure(
                    Check,
                    $"Shard {shard.Number} did not answer a read within {shard.ElapsedMs} ms: {shard.Fault}",
                    "Accounts and assets in it can be neither read nor traded until it answers.",
                    "It is placed anew by itself when its silo is declared dead. If it stays silent, restart the silo that its last calls in the log name.")),
        ];
        return silent.Length > 0
            ? silent
            : [Finding.Ok(Check, $"All {report.Shards.Count} answer, the slowest after {report.Shards.Max(shard => shard.ElapsedMs)} ms.")];
    }
}
