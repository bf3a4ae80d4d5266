using System.Diagnostics;
using System.Text.RegularExpressions;
using Consortium.Bench;
using Consortium.Client.Keys;
using Consortium.Ledger.Ids;
using Consortium.Silo.Hosting;
using Consortium.Tests.Cli;
using Consortium.Tests.Tidy;
using Microsoft.Extensions.Configuration;
using Xunit.Abstractions;

namespace Consortium.Tests.Readme;

/// <summary>Commands, samples, settings and links of the README and of the pages in docs, tried out.</summary>
/// <remarks>
/// Blocks of <c>sh</c> are run, one page after another in one shell, but for the README's first two; blocks of <c>console</c> are read only,
/// because they would build, serve without end or need several machines.
/// </remarks>
public sealed partial class ReadmeTests(ITestOutputHelper log) : IDisposable
{
    private const string SiloCommand = "dotnet run --project silos/Consortium.Silo -- ";
    private static readonly string[] Groups = ["keys", "certificate", "account", "asset", "deal", "tx", "block", "proof"];
    private static readonly string[] PagesWithSamples = ["docs/owner.md", "docs/issuer.md", "docs/integrator.md", "docs/auditor.md", "docs/operator.md"];

    // Readers have them; a machine that has nothing but the SDK may not.
    private static readonly string[] OtherTools = ["curl", "node"];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly string _folder = Directory.CreateTempSubdirectory("consortium-readme-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_scenario_plays_verifies_the_chain_and_ends_with_0()
    {
        var output = await SiloUnderLoad.RunAsync(["--demo", "--once", "--data", Path.Combine(_folder, "data")]).WaitAsync(Limit);
        Assert.True(output.ExitCode == 0, output.Text);
        Assert.Contains("one deal of four parties and four instruments settled at once", output.Text, StringComparison.Ordinal);
        Assert.Contains("a second deal was rejected as a whole", output.Text, StringComparison.Ordinal);
        Assert.Contains("checked offline", output.Text, StringComparison.Ordinal);
        Assert.Contains("verified the whole chain from its export", output.Text, StringComparison.Ordinal);

        // The README shows the printed lines, except that ids, hashes and heights may differ.
        var printed = output.Text.Split('\n').Select(Shape).ToHashSet(StringComparer.Ordinal);
        var shown = new MarkdownPage("README.md").Blocks("text")[0].Split('\n').Where(line => line.Trim() is not ("" or "…")).Select(Shape);
        Assert.All(shown, line => Assert.Contains(line, printed));
    }

    [Fact]
    public async Task The_samples_run_as_they_stand_one_page_after_another()
    {
        using var gateway = await SiloUnderLoad.StartAsync(Path.Combine(_folder, "data"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "pay.js"), Assert.Single(new MarkdownPage("docs/integrator.md").Blocks("js")));
        var (exitCode, output) = await RunSessionAsync(gateway.Url);
        Assert.True(exitCode == 0, output);
        Assert.Contains("12.50", output, StringComparison.Ordinal);
        Assert.Contains("not as much as that", output, StringComparison.Ordinal);
        Assert.Contains("found", output, StringComparison.Ordinal);
        foreach (var tool in OtherTools.Where(tool => output.Contains($"left out: {tool} ", StringComparison.Ordinal)))
        {
            log.WriteLine($"{tool} is not installed: the samples that need it were left out.");
        }

        Assert.True(
            output.Contains("left out: node ", StringComparison.Ordinal) || output.Contains(" accepted sealed\n", StringComparison.Ordinal) || output.Contains(" accepted final\n", StringComparison.Ordinal),
            output);
        await PayWithSdkAsync(gateway.Url, SessionEnd().Match(output));
    }

    [Fact]
    public void The_sdks_sample_is_the_code_that_is_run()
    {
        var code = Trimmed(SourceTree.Read("tests/Consortium.Tests/Readme/SdkSample.cs"));
        Assert.Contains(Trimmed(Assert.Single(new MarkdownPage("docs/integrator.md").Blocks("csharp"))), code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_is_named_with_what_to_do()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "in the way");
        var output = await SiloUnderLoad.RunAsync(["--demo", "--data", file]).WaitAsync(Limit);
        Assert.Equal(1, output.ExitCode);
        Assert.Contains(file, output.Text, StringComparison.Ordinal);
        Assert.Contains("--data DIR", output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_settings_are_all_listed_with_their_defaults() => Assert.Equal(
        SiloSettings.All.Select(setting => $"| `--{setting.Name}` | {setting.Summary.TrimEnd('.')} | {setting.Default} | {(setting.IsFlag ? string.Empty : setting.Range)} |"),
        new MarkdownPage("docs/operator.md").Text.Split('\n').Where(line => line.StartsWith("| `--", StringComparison.Ordinal)),
        StringComparer.Ordinal);

    [Fact]
    public void Every_command_that_starts_a_silo_has_settings_that_go_together()
    {
        var commands = MarkdownPage.All.SelectMany(page => page.Commands).Where(command => command.StartsWith(SiloCommand, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(commands);
        Assert.All(commands, command =>
        {
            var settings = command[SiloCommand.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Null(SiloSettings.TryRead(settings, new ConfigurationBuilder().Build(), out _));
        });
    }

    [Fact]
    public async Task Every_verb_that_is_named_is_a_verb_with_those_options()
    {
        var named = MarkdownPage.All.SelectMany(page => Verbs().Matches(page.Text)).Select(match => match.Groups["rest"].Value).ToList();
        Assert.NotEmpty(named);
        foreach (var rest in named)
        {
            var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] verb = Groups.Contains(words[0], StringComparer.Ordinal) ? words[..2] : words[..1];
            var help = await CliRun.OfflineAsync([.. verb, "--help"]);
            Assert.True(help.ExitCode == 0, $"consortium {rest}: {help.Error}");
            Assert.All(
                words.Where(word => word.StartsWith("--", StringComparison.Ordinal)),
                option => Assert.Contains(option, help.Out, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_link_leads_somewhere()
    {
        foreach (var page in MarkdownPage.All)
        {
            var folder = Path.GetDirectoryName(page.Path)!;
            Assert.All(page.Links(), link =>
            {
                var parts = link.Split('#');
                var there = parts[0].Length == 0 ? page.Path : Path.Combine(folder, parts[0]);
                Assert.True(Path.Exists(Path.Combine(SourceTree.Root, there)), $"{page.Path}: {link} leads nowhere.");
                Assert.True(
                    parts.Length == 1 || new MarkdownPage(there).Anchors().Contains(parts[1], StringComparer.Ordinal),
                    $"{page.Path}: {link} leads to no heading.");
            });
        }
    }

    [Fact]
    public void The_files_that_are_named_are_there() => Assert.All(
        MarkdownPage.All.SelectMany(page => SourcePaths().Matches(page.Text).Select(match => (page.Path, Named: match.Value))),
        named => Assert.True(Path.Exists(Path.Combine(SourceTree.Root, named.Named)), $"{named.Path}: {named.Named} is not there."));

    private static string Trimmed(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim())).Trim();

    private static string Shape(string line) => Changing().Replace(line.Trim(), "*");

    private async Task<(int ExitCode, string Output)> RunSessionAsync(Uri url)
    {
        var pages = PagesWithSamples.SelectMany(page => new MarkdownPage(page).Blocks("sh"));
        var script = Path.Combine(_folder, "session.sh");
        await File.WriteAllTextAsync(
            script,
            $$"""
            set -euo pipefail
            exec 2>&1
            trap 'echo "failed: $BASH_COMMAND"' ERR
            consortium() { dotnet "{{Path.Combine(AppContext.BaseDirectory, "consortium.dll")}}" "$@"; }
            for tool in {{string.Join(' ', OtherTools)}}; do
              command -v $tool >/dev/null || eval "$tool() { echo left out: $tool \"\$*\"; }"
            done
            {{string.Join('\n', pages.Prepend(new MarkdownPage("README.md").Blocks("sh")[2]))}}
            echo "the end: $ALICE $BOB $NOTE"
            """);
        var start = new ProcessStartInfo("bash", script)
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["CONSORTIUM_URL"] = url.ToString().TrimEnd('/'), ["NO_COLOR"] = "1" },
        };
        using var session = Process.Start(start)!;
        var output = session.StandardOutput.ReadToEndAsync();
        await session.WaitForExitAsync().WaitAsync(Limit);
        return (session.ExitCode, await output);
    }

    private async Task PayWithSdkAsync(Uri gateway, Match end)
    {
        Assert.True(AccountId.TryParse(end.Groups["alice"].Value, out var alice));
        Assert.True(AccountId.TryParse(end.Groups["bob"].Value, out var bob));
        Assert.True(AssetId.TryParse(end.Groups["note"].Value, out var note));
        var password = await File.ReadAllTextAsync(Path.Combine(_folder, "data", "keys", KeyPassword.FileName));
        using var key = KeyFile.Load(Path.Combine(_folder, "alice.pem"), password.Trim());
        using var limit = new CancellationTokenSource(Limit);
        var (receipt, report) = await SdkSample.PayAsync(gateway, key, alice, bob, note, limit.Token);
        Assert.Null(receipt.Rejections);
        Assert.Equal(receipt.TransactionId, report.Transaction?.ToString());
    }

    [GeneratedRegex("(acc1|ast1)[0-9a-z]+…?|[0-9a-f]{16}…|[Bb]lock \\d+|\\d+ blocks|\\d+ final|\\d+ bytes|sealed by [a-z-]+|https?://\\S+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Changing();

    [GeneratedRegex("^the end: (?<alice>\\S+) (?<bob>\\S+) (?<note>\\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex SessionEnd();

    [GeneratedRegex(@"(^|`)consortium (?<rest>[a-z][^`\n|>;]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Verbs();

    [GeneratedRegex(@"(?<![\w/.-])(docs|gateway|grains|k8s|silos|tests)/[A-Za-z0-9./_-]*[A-Za-z0-9]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex SourcePaths();
}
