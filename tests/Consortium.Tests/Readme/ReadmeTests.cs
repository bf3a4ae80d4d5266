using System.Diagnostics;
using System.Text.RegularExpressions;
using Consortium.Bench;
using Consortium.Silo.Hosting;
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
        var output = await SiloUnderLoad.RunAsync(["--demo", "--once", "--data", Path.Combine(_folder, "data")]).WaitAsync(Limit);
        Assert.True(output.ExitCode == 0, output.Text);
        Assert.Contains("one deal of four parties and four instruments settled at once", output.Text, StringComparison.Ordinal);
        Assert.Contains("a second deal was rejected as a whole", output.Text, StringComparison.Ordinal);
        Assert.Contains("checked offline", output.Text, StringComparison.Ordinal);
        Assert.Contains("verified the whole chain from its export", output.Text, StringComparison.Ordinal);

        // What the README shows of it is what it prints, but for ids, hashes and heights.
        var printed = output.Text.Split('\n').Select(Shape).ToHashSet(StringComparer.Ordinal);
        var shown = Block("text", 0).Split('\n').Where(line => line.Trim() is not ("" or "…")).Select(Shape);
        Assert.All(shown, line => Assert.Contains(line, printed));
    }

    [Fact]
    public async Task The_command_line_session_runs_as_it_stands()
    {
        using var gateway = await SiloUnderLoad.StartAsync(Path.Combine(_folder, "data"));
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
        var output = await SiloUnderLoad.RunAsync(["--demo", "--data", file]).WaitAsync(Limit);
        Assert.Equal(1, output.ExitCode);
        Assert.Contains(file, output.Text, StringComparison.Ordinal);
        Assert.Contains("--data DIR", output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_settings_are_all_listed_with_their_defaults()
    {
        var readme = SourceTree.Read("README.md");
        foreach (var setting in SiloSettings.All)
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
