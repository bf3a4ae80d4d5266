using System.CommandLine;
using Consortium.Cli;
using Consortium.Ledger.Transactions;

namespace Consortium.Tests.Cli;

public sealed class CommandLineTests
{
    private static readonly CliEnvironment Nowhere = new()
    {
        Out = TextWriter.Null,
        Error = TextWriter.Null,
        Environment = _ => null,
        AskSecret = null,
        Time = TimeProvider.System,
        CreateHandler = _ => throw new InvalidOperationException("no network in this test"),
        CreateGrpc = _ => throw new InvalidOperationException("no network in this test"),
    };

    public static TheoryData<string> Verbs
    {
        get
        {
            var data = new TheoryData<string>();
            Walk(CommandLine.CreateRoot(Nowhere), string.Empty, data);
            return data;
        }
    }

    private static IEnumerable<string> Paths() => ((IEnumerable<object[]>)Verbs).Select(row => (string)row[0]);

    [Fact]
    public void Every_verb_of_the_table_is_there()
    {
        string[] table =
        [
            "keys new", "keys show", "certificate issue", "certificate show",
            "account open", "account show", "account statement", "account rotate", "account freeze", "account unfreeze",
            "asset register", "asset show", "asset holders",
            "issue", "retire",
            "deal new", "deal leg", "deal sign", "deal merge", "deal submit", "deal show",
            "pledge", "release",
            "tx show", "block show", "network", "doctor", "balance-sheet", "export", "verify", "import",
            "proof get", "proof check", "load", "check-acks",
        ];
        Assert.Equal(table.Order(StringComparer.Ordinal), Paths().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_of_transaction_has_a_verb()
    {
        var verbs = Paths().ToHashSet(StringComparer.Ordinal);
        foreach (var rules in TransactionCatalogue.All)
        {
            Assert.True(CommandLine.KindVerbs.TryGetValue(rules.Name, out var path), $"{rules.Name} has no verb");
            Assert.Contains(path, verbs);
        }

        Assert.Equal(TransactionCatalogue.All.Count, CommandLine.KindVerbs.Count);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Every_verb_explains_itself(string path)
    {
        var run = await CliRun.OfflineAsync([.. path.Split(' '), "--help"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($" {path} ", run.Out, StringComparison.Ordinal);
        Assert.Contains("--json", run.Out, StringComparison.Ordinal);
        Assert.Contains("--url", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Every_verb_answers_a_wrong_option_with_one_object_and_advice(string path)
    {
        var run = await CliRun.OfflineAsync([.. path.Split(' '), "--no-such-option", "--json"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Error);
        var error = run.Json["error"]!;
        Assert.Equal("usage", error["name"]!.GetValue<string>());
        Assert.Contains("--no-such-option", error["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains($"consortium {path} --help", error["action"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("frobnicate")]
    [InlineData("account")]
    [InlineData("account frobnicate")]
    [InlineData("issue --asset nonsense --to nonsense --units 1")]
    [InlineData("account show acc1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq")]
    [InlineData("network --url ftp://example.org")]
    [InlineData("network --url nonsense")]
    [InlineData("load --hot 101")]
    [InlineData("load --accounts 1")]
    [InlineData("load --seconds x")]
    [InlineData("block show -1")]
    [InlineData("block show newest")]
    [InlineData("proof get file")]
    [InlineData("account show")]
    public async Task What_makes_no_sense_exits_with_2_and_says_what_to_write(string words)
    {
        var run = await CliRun.OfflineAsync(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.StartsWith("usage: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("What to do: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("network")]
    [InlineData("block show latest")]
    [InlineData("load")]
    public async Task Without_a_gateway_a_command_says_how_to_start_one(string words)
    {
        var run = await CliRun.OfflineAsync([.. words.Split(' '), "--json"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("gateway_unreachable", run.Json["error"]!["name"]!.GetValue<string>());
        Assert.Contains("--url", run.Json["error"]!["action"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static void Walk(Command command, string path, TheoryData<string> found)
    {
        if (command is Verb)
        {
            found.Add(path);
        }

        foreach (var child in command.Subcommands)
        {
            Walk(child, path.Length == 0 ? child.Name : $"{path} {child.Name}", found);
        }
    }
}
