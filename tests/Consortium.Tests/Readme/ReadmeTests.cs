using System.Diagnostics;
using System.Text.RegularExpressions;
using Consortium.Bench;
using Consortium.Consensus.Ports;
using Consortium.Gateway.Demo;
using Consortium.Gateway.Hosting;
using Consortium.Tests.Tidy;

namespace Consortium.Tests.Readme;

/// <summary>What the README says is tried.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly string _folder = Directory.CreateTempSubdirectory("consortium-readme-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_scenario_plays_verifies_the_chain_and_ends_with_0()
    {
        using var output = new StringWriter();
        var code = await GatewayHost
            .RunAsync(
                ["--demo", "--once", "--data", Path.Combine(_folder, "data"), "--urls", "http://127.0.0.1:0"],
                new DemoScenario(output, TimeProvider.System))
            .WaitAsync(Limit);
        Assert.True(code == 0, output.ToString());
        Assert.Contains("one deal of four parties and four instruments settled at once", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("a second deal was rejected as a whole", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("checked offline", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("verified the whole chain from its export", output.ToString(), StringComparison.Ordinal);

        // What the README shows of it is what it prints, but for ids, hashes and heights.
        var printed = output.ToString().Split('\n').Select(Shape).ToHashSet(StringComparer.Ordinal);
        var shown = Block("text", 0).Split('\n').Where(line => line.Trim() is not ("" or "…")).Select(Shape);
        Assert.All(shown, line => Assert.Contains(line, printed));
    }

    [Fact]
    public async Task The_command_line_session_runs_as_it_stands()
    {
        using var gateway = await GatewayProcess.StartAsync(Path.Combine(_folder, "data"));
        var script = Path.Combine(_folder, "session.sh");
        await File.WriteAllTextAsync(
            script,
            $$"""
            set -euo pipefail
            consortium() { dotnet "{{Path.Combine(AppContext.BaseDirectory, "consortium.dll")}}" "$@"; }
            {{Block("sh", 2)}}
            """);
        var start = new ProcessStartInfo("bash", script)
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CONSORTIUM_URL"] = gateway.Url.ToString(), ["NO_COLOR"] = "1" },
        };
        using var session = Process.Start(start)!;
        var output = session.StandardOutput.ReadToEndAsync();
        var error = session.StandardError.ReadToEndAsync();
        await session.WaitForExitAsync().WaitAsync(Limit);
        Assert.True(session.ExitCode == 0, $"{await output}\n{await error}");
        Assert.Contains("12.50", await output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_is_named_with_what_to_do()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "in the way");
        var scenario = new DemoScenario(TextWriter.Null, TimeProvider.System);
        var fault = await Assert.ThrowsAsync<StorageException>(
            () => scenario.PrepareAsync(new GatewayOptions { Data = file }, CancellationToken.None));
        Assert.Contains(file, fault.Message, StringComparison.Ordinal);
        Assert.Contains("--data DIR", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_settings_are_all_listed_with_their_defaults()
    {
        var readme = SourceTree.Read("README.md");
        foreach (var setting in GatewaySettings.All)
        {
            var row = Regex.Match(readme, $@"^\| `--{setting.Name}` \|.*$", RegexOptions.Multiline, TimeSpan.FromSeconds(5));
            Assert.True(row.Success, $"--{setting.Name} is not in the README's settings.");
            Assert.True(
                setting.Default is "none" || row.Value.Contains(setting.Default, StringComparison.Ordinal),
                $"--{setting.Name}'s default {setting.Default} is not in the README.");
        }
    }

    private static string Block(string language, int index)
    {
        var blocks = Regex.Matches(
            SourceTree.Read("README.md"),
            $"^```{language}\n(.*?)^```$",
            RegexOptions.Multiline | RegexOptions.Singleline,
            TimeSpan.FromSeconds(5));
        return blocks[index].Groups[1].Value;
    }

    private static string Shape(string line) => Changing().Replace(line.Trim(), "*");

    [GeneratedRegex("(acc1|ast1)[0-9a-z]+…?|[0-9a-f]{16}…|[Bb]lock \\d+|\\d+ blocks|\\d+ final|\\d+ bytes|sealed by [a-z-]+|https?://\\S+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Changing();
}
