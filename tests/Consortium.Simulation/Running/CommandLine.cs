using System.CommandLine;
using System.CommandLine.Invocation;
using System.Security.Cryptography;
using Consortium.Simulation.Reporting;

namespace Consortium.Simulation.Running;

/// <summary>The program.</summary>
internal static class CommandLine
{
    private const ulong FreshSeedsBelow = 1_000_000_000_000;

    /// <summary>Parses a command line and runs it.</summary>
    /// <param name="arguments">The words after the program's name.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Receives progress, and faults of the command line.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var options = new ProgramOptions();
        var parsed = options.Root(result => Run(options, result, output, error)).Parse(arguments);
        try
        {
            if (parsed.Action is ParseErrorAction or null)
            {
                throw new UsageException(
                    string.Join(' ', parsed.Errors.Select(fault => fault.Message.TrimEnd('.') + ".").Distinct(StringComparer.Ordinal)),
                    "See --help.");
            }

            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (UsageException exception)
        {
            error.WriteLine(exception.Message);
            error.WriteLine(exception.Action);
            return ExitCode.Usage;
        }
    }

    private static int Run(ProgramOptions options, ParseResult parsed, TextWriter output, TextWriter error)
    {
        var mode = Mode(options, parsed);
        RefuseStrays(options, parsed, mode);
        if (mode == options.List)
        {
            Listing.Write(output);
            return ExitCode.Clean;
        }

        var request = Request(options, parsed);
        var shrinks = !parsed.GetValue(options.NoShrink);
        if (mode == options.Seed)
        {
            return new OneSeed(output, error).Run(request, parsed.GetValue(options.Trace), parsed.GetValue(options.Log), shrinks);
        }

        var many = new ManySeeds(output, error)
        {
            Request = request,
            Shrinks = shrinks,
            KeepGoing = parsed.GetValue(options.KeepGoing),
            TellsEach = parsed.GetValue(options.Each),
            Threads = parsed.GetValue(options.Threads) ?? Environment.ProcessorCount,
        };
        return mode == options.Seeds ? many.RunRange(parsed.GetValue(options.Seeds)!.Value)
            : mode == options.Known ? many.RunKnown(KnownSeeds.Read())
            : many.RunFor(parsed.GetValue(options.For)!.Value, parsed.GetValue(options.From) ?? FreshSeed());
    }

    private static Option Mode(ProgramOptions options, ParseResult parsed)
    {
        Option[] modes = [options.Seed, options.Seeds, options.For, options.Known, options.List];
        var given = modes.Where(mode => IsGiven(parsed, mode)).ToList();
        var choice = $"Give one of {string.Join(", ", modes.Select(mode => mode.Name))}.";
        return given.Count switch
        {
            0 => throw new UsageException("Nothing says what to run.", choice + " For example --seeds 1..100; see --help."),
            1 => given[0],
            _ => throw new UsageException($"{string.Join(" and ", given.Select(mode => mode.Name))} do not go together.", choice),
        };
    }

    private static void RefuseStrays(ProgramOptions options, ParseResult parsed, Option mode)
    {
        Option[] narrowing = [options.Transactions, options.Minutes, options.Seconds, options.Without, options.Defect];
        Option[] many = [options.KeepGoing, options.NoShrink, options.Each, options.Threads];
        Option[] allowed = mode == options.Seed ? [options.Trace, options.Log, options.NoShrink, .. narrowing]
            : mode == options.Seeds ? [.. many, .. narrowing]
            : mode == options.For ? [options.From, .. many, .. narrowing]
            : mode == options.Known ? many
            : [];
        Option[] all = [options.From, options.Trace, options.Log, .. many, .. narrowing];
        if (all.FirstOrDefault(option => IsGiven(parsed, option) && !allowed.Contains(option)) is { } stray)
        {
            throw new UsageException($"{stray.Name} does not go with {mode.Name}.", $"Leave {stray.Name} out, or see --help.");
        }

        if (IsGiven(parsed, options.Minutes) && IsGiven(parsed, options.Seconds))
        {
            throw new UsageException("--minutes and --seconds both say how long a run is.", "Give one of them.");
        }
    }

    /// <summary>The request for every seed; the seed itself is 0 unless <c>--seed</c> gives it.</summary>
    internal static SimulationRequest Request(ProgramOptions options, ParseResult parsed) => new(parsed.GetValue(options.Seed) ?? 0)
    {
        Transactions = parsed.GetValue(options.Transactions),
        Duration = parsed.GetValue(options.Minutes) ?? parsed.GetValue(options.Seconds),
        Without = parsed.GetValue(options.Without) ?? [],
        Defect = parsed.GetValue(options.Defect),
    };

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    // Short enough to be typed, and so many that two machines hardly ever run the same.
    private static ulong FreshSeed() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) % FreshSeedsBelow;
}
