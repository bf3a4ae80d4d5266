using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Consortium.Cli;

/// <summary>The <c>consortium</c> command.</summary>
public static class CommandLine
{
    /// <summary>The verb of every kind of transaction: the kind's name, and the words to type.</summary>
    /// <remarks>The verbs are built from this; a kind that is missing here has none, which a test finds.</remarks>
    public static IReadOnlyDictionary<string, string> KindVerbs => KindPaths.All;

    /// <summary>Parses a command line and runs its verb.</summary>
    /// <param name="arguments">The words after the program's name.</param>
    /// <param name="environment">Console, environment, clock and network.</param>
    /// <returns>0 when what was asked was done, 2 when the command line makes no sense, otherwise 1.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(environment);
        var parsed = CreateRoot(environment).Parse(arguments);
        var strays = StrayOptions(parsed);
        if (parsed.Action is ParseErrorAction or null || (strays.Count > 0 && parsed.Action is not HelpAction))
        {
            var json = arguments.Contains("--json", StringComparer.Ordinal);
            new Output(environment, json).Failed(new Failure(0, "usage", UsageFault(parsed, strays), UsageAdvice(parsed.CommandResult)));
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = environment.Out,
            Error = environment.Error,
            EnableDefaultExceptionHandler = false,
        });
    }

    /// <summary>Makes the tree of commands.</summary>
    /// <param name="environment">Console, environment, clock and network.</param>
    /// <returns>The root.</returns>
    internal static RootCommand CreateRoot(CliEnvironment environment)
    {
        var options = new GlobalOptions();
        var root = new RootCommand("Works with a consortium's ledger: keys, accounts, assets, deals, proofs and audits.")
        {
            options.Url,
            options.Grpc,
            options.Json,
        };
        foreach (var command in CommandTree.Create())
        {
            root.Subcommands.Add(command);
        }

        Attach(root, new VerbRunner(options, environment));
        return root;
    }

    private static void Attach(Command command, VerbRunner runner)
    {
        if (command is Verb verb)
        {
            verb.SetAction((parsed, cancellationToken) => runner.RunAsync(verb, parsed, cancellationToken));
        }

        foreach (var child in command.Subcommands)
        {
            Attach(child, runner);
        }
    }

    private static string UsageFault(ParseResult parsed, IReadOnlyList<string> strays) => string.Join(
        ' ',
        strays.Select(stray => $"'{stray}' is no option of '{PathOf(parsed.CommandResult)}'.")
            .Concat(parsed.Errors.Select(error => error.Message.TrimEnd('.') + "."))
            .Distinct(StringComparer.Ordinal));

    // The parser gives an option that it does not know to an argument; a file is never meant to be called that.
    private static List<string> StrayOptions(ParseResult parsed) =>
    [
        .. parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .Where(value => value.StartsWith("--", StringComparison.Ordinal)),
    ];

    private static string UsageAdvice(CommandResult command)
    {
        var path = PathOf(command);
        var words = command.Command.Subcommands.Select(child => child.Name).ToList();
        return words.Count == 0
            ? $"See '{path} --help'."
            : $"Write one of: {string.Join(", ", words)}. See '{path} --help'.";
    }

    private static string PathOf(CommandResult command)
    {
        var words = new List<string>();
        for (SymbolResult? at = command; at is CommandResult result; at = result.Parent)
        {
            words.Insert(0, result.Command is RootCommand ? "consortium" : result.Command.Name);
        }

        return string.Join(' ', words);
    }
}
