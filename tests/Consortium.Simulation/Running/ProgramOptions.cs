using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Consortium.Simulation.Defects;
using Consortium.Simulation.Faults;

namespace Consortium.Simulation.Running;

/// <summary>The options of the command line.</summary>
internal sealed class ProgramOptions
{
    private const int TransactionsMax = 1_000_000;
    private const int ThreadsMax = 1_024;

    public Option<ulong?> Seed { get; } = Make<ulong?>(
        "--seed", "N", "Run one seed", TryParseSeed, "a seed: a whole number such as 42");

    public Option<SeedRange?> Seeds { get; } = Make<SeedRange?>(
        "--seeds", "A..B", "Run these seeds, both ends included", TryParseRange, "a range of seeds such as 1..1000, the lower one first");

    public Option<TimeSpan?> For { get; } = Make<TimeSpan?>(
        "--for", "TIME", "Run fresh seeds for that long: 60s, 5m, 2h", TryParseTime, "a time from 1s to 24h, such as 60s, 5m or 2h");

    public Option<bool> Known { get; } = new("--known") { Description = $"Run the seeds of {KnownSeeds.FileName}, which failed once" };

    public Option<bool> List { get; } = new("--list") { Description = "List checkers, kinds of faults and planted defects" };

    public Option<ulong?> From { get; } = Make<ulong?>(
        "--from", "N", "With --for: the first seed [default: a random one, printed]", TryParseSeed, "a seed: a whole number such as 42");

    public Option<bool> KeepGoing { get; } = new("--keep-going") { Description = "Go on after a failure" };

    public Option<bool> NoShrink { get; } = new("--no-shrink") { Description = "Do not look for a smaller run that fails the same way" };

    public Option<bool> Each { get; } = new("--each") { Description = "Print a line for every seed as it ends" };

    public Option<int?> Threads { get; } = Make<int?>(
        "--threads",
        "N",
        "Seeds at a time [default: one per core]",
        (string? text, out int? value) => TryParseCount(text, ThreadsMax, out value),
        $"a number from 1 to {ThreadsMax}");

    public Option<bool> Trace { get; } = new("--trace") { Description = "With --seed: print every event" };

    public Option<string?> Log { get; } = new("--log")
    {
        Description = "With --seed: write the bytes of the event log there",
        HelpName = "FILE",
    };

    public Option<int?> Transactions { get; } = Make<int?>(
        "--transactions",
        "N",
        "Transactions at least, instead of what the seed says",
        (string? text, out int? value) => TryParseCount(text, TransactionsMax, out value),
        $"a number from 1 to {TransactionsMax}");

    public Option<TimeSpan?> Minutes { get; } = Make<TimeSpan?>(
        "--minutes",
        "N",
        "Virtual minutes with clients and faults, instead of what the seed says",
        (string? text, out TimeSpan? value) => TryParseDuration(text, TimeSpan.FromMinutes(1), out value),
        "a number of minutes such as 2.5, at least a second and at most a day");

    public Option<TimeSpan?> Seconds { get; } = Make<TimeSpan?>(
        "--seconds",
        "N",
        "The same in seconds",
        (string? text, out TimeSpan? value) => TryParseDuration(text, TimeSpan.FromSeconds(1), out value),
        "a number of seconds such as 90, at least 1 and at most a day");

    public Option<ImmutableSortedSet<FaultKind>?> Without { get; } = Make<ImmutableSortedSet<FaultKind>?>(
        "--without",
        "KIND,KIND",
        "Kinds of faults that shall not happen",
        TryParseKinds,
        $"a list of kinds of faults with commas and no spaces between them. There are: {string.Join(", ", SwitchableFaults.All)}");

    public Option<string?> Defect { get; } = Make<string?>(
        "--defect", "NAME", "Plant a defect, which a checker must find", TryParseDefect, DefectsExpected());

    public RootCommand Root(Func<ParseResult, int> run)
    {
        var root = new RootCommand("Runs the ledger in a simulated cluster with faults, and checks it. One seed is one history.")
        {
            Seed, Seeds, For, Known, List, From, KeepGoing, NoShrink, Each, Threads, Trace, Log, Transactions, Minutes, Seconds, Without, Defect,
        };
        root.SetAction(run);
        return root;
    }

    private static Option<T> Make<T>(string name, string helpName, string description, TextParser<T> parse, string expected) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Read(result, name, parse, expected),
    };

    private static T? Read<T>(ArgumentResult result, string name, TextParser<T> parse, string expected)
    {
        var text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
        if (!parse(text, out var value))
        {
            result.AddError($"'{text}' given for {name} is not {expected}.");
        }

        return value;
    }

    private static bool TryParseSeed(string? text, out ulong? seed)
    {
        var isSeed = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed);
        seed = isSeed ? parsed : null;
        return isSeed;
    }

    private static bool TryParseRange(string? text, out SeedRange? range)
    {
        var isRange = SeedRange.TryParse(text, out var parsed);
        range = isRange ? parsed : null;
        return isRange;
    }

    private static bool TryParseTime(string? text, out TimeSpan? time)
    {
        var isTime = Durations.TryParseWithUnit(text, out var parsed);
        time = isTime ? parsed : null;
        return isTime;
    }

    private static bool TryParseDuration(string? text, TimeSpan unit, out TimeSpan? duration)
    {
        var isDuration = Durations.TryParse(text, unit, out var parsed);
        duration = isDuration ? parsed : null;
        return isDuration;
    }

    private static bool TryParseCount(string? text, int max, out int? count)
    {
        var isCount = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed >= 1 && parsed <= max;
        count = isCount ? parsed : null;
        return isCount;
    }

    private static bool TryParseKinds(string? text, out ImmutableSortedSet<FaultKind>? kinds)
    {
        kinds = [];
        foreach (var name in (text ?? "").Split(','))
        {
            if (SwitchableFaults.Find(name) is not { } kind)
            {
                return false;
            }

            kinds = kinds.Add(kind);
        }

        return true;
    }

    private static bool TryParseDefect(string? text, out string? name)
    {
        name = DefectCatalogue.All.FirstOrDefault(entry => entry.Name == text)?.Name;
        return name is not null;
    }

    private static string DefectsExpected() => DefectCatalogue.All.Count == 0
        ? "a planted defect: there are none"
        : $"a planted defect. There are: {string.Join(", ", DefectCatalogue.All.Select(entry => entry.Name))}";
}
