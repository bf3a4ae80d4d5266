using System.CommandLine;
using System.Text.Json.Nodes;
using Consortium.Client.Load;

namespace Consortium.Cli.Commands;

/// <summary>Puts a load on a gateway.</summary>
internal sealed class LoadCommand : Verb
{
    private readonly Option<int> _accounts = Number("--accounts", "N", "Accounts to open, a key each", 1_000, 2, 1_000_000);
    private readonly Option<int> _seconds = Number("--seconds", "S", "How long to submit", 10, 1, 86_400);
    private readonly Option<int> _connections = Number("--connections", "C", "Connections", 8, 1, 1_024);
    private readonly Option<int> _batch = Number("--batch", "B", "Transactions per request", 100, 1, 10_000);
    private readonly Option<int> _hot = Number("--hot", "PERCENT", "Percent of transactions that touch one account", 0, 0, 100);
    private readonly Option<int?> _rate = new("--rate") { Description = "Transactions per second at most", HelpName = "R" };
    private readonly Option<bool> _twoParty = new("--two-party")
    {
        Description = "Deals of two assets and two signatures (payment against delivery) in place of transfers",
    };

    private readonly Option<string?> _acks = new("--acks") { Description = "Write the id of every acknowledged transaction here", HelpName = "FILE" };
    private readonly Option<string> _keysFolder = new("--keys")
    {
        Description = "A folder with a member's key files; its keys open the accounts",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine("data", "keys"),
    };

    private readonly KeyOptions _keys = new();

    public LoadCommand()
        : base("load", "Put a bounded load on a gateway and measure it; prints one JSON line")
    {
        _rate.RequireRange(1, 10_000_000);
        foreach (var option in (Option[])[_accounts, _seconds, _connections, _batch, _hot, _rate, _twoParty, _acks, _keysFolder, _keys.PasswordFile])
        {
            Options.Add(option);
        }
    }

    public override int Connections(ParseResult parsed) => parsed.GetRequiredValue(_connections);

    public override async Task<VerbResult> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var network = await context.Client.GetNetworkAsync(cancellationToken);
        var options = ReadOptions(context, network.Limits.TransactionsPerRequestMax);
        var custodian = MemberKeys.Find(context, network, context.Required(_keysFolder), _keys);
        var result = await new LoadGenerator(context.Client, context.CliEnvironment.Time)
            .RunAsync(options, custodian, new Narrator(context), cancellationToken);
        return new VerbResult(ToJson(result, options), static _ => { }) { AlwaysJson = true, Failure = FailureOf(result) };
    }

    private static Option<int> Number(string name, string helpName, string description, int @default, int min, int max)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => @default,
        };
        option.RequireRange(min, max);
        return option;
    }

    private static JsonObject ToJson(LoadResult result, LoadOptions options) => new()
    {
        ["committed"] = result.Committed,
        ["per_second"] = Math.Round(result.PerSecond, 1),
        ["p50_ms"] = Math.Round(result.LatencyP50.TotalMilliseconds, 2),
        ["p99_ms"] = Math.Round(result.LatencyP99.TotalMilliseconds, 2),
        ["rejected"] = result.Rejected,
        ["refused"] = result.Refused,
        ["unanswered"] = result.Unanswered,
        ["retries"] = result.Retries,
        ["signed"] = result.Signed,
        ["seconds"] = Math.Round(result.Elapsed.TotalSeconds, 3),
        ["accounts"] = options.Accounts,
        ["connections"] = options.Connections,
        ["batch"] = options.BatchSize,
        ["hot_percent"] = options.HotPercent,
        ["two_party"] = options.TwoParty,
    };

    private static Failure? FailureOf(LoadResult result)
    {
        if (result.Rejected > 0)
        {
            return new Failure(
                0,
                "load_rejected",
                $"{result.Rejected} transactions of the load were rejected; none of them should lack anything.",
                "Show one with 'consortium tx show'; this is a defect of the gateway or of the load generator.");
        }

        if (result.Refused > 0)
        {
            return new Failure(
                0,
                "load_refused",
                $"{result.Refused} transactions of the load were refused. {result.FirstRefusal}",
                "Lower --rate, --connections or --batch, or raise the gateway's limits.");
        }

        return result.Unanswered == 0 ? null : new Failure(
            0,
            "load_unanswered",
            $"{result.Unanswered} transactions of the load were never answered: the gateway was gone when time was up.",
            "Start the gateway again, then run 'consortium check-acks' on the file of --acks.");
    }

    private LoadOptions ReadOptions(VerbContext context, int transactionsPerRequestMax)
    {
        var batch = context.Required(_batch);
        return batch > transactionsPerRequestMax
            ? throw new UsageException(
                $"--batch {batch} is more than the {transactionsPerRequestMax} transactions that this gateway takes in a request.",
                $"Give at most --batch {transactionsPerRequestMax}.")
            : new LoadOptions
            {
                Accounts = context.Required(_accounts),
                Duration = TimeSpan.FromSeconds(context.Required(_seconds)),
                Connections = context.Required(_connections),
                BatchSize = batch,
                HotPercent = context.Required(_hot),
                Rate = context.Optional(_rate),
                TwoParty = context.Optional(_twoParty),
                AcksPath = context.Optional(_acks),
            };
    }

    private sealed class Narrator(VerbContext context) : IProgress<string>
    {
        public void Report(string value)
        {
            if (!context.Json)
            {
                context.CliEnvironment.Error.WriteLine(value);
            }
        }
    }
}
