using System.Text.RegularExpressions;
using Consortium.Api;
using Consortium.Tests.Cli;
using Consortium.Tests.Tidy;

namespace Consortium.Tests.Kubernetes;

/// <summary>Links, names, verbs and files in the operator's guide exist.</summary>
public sealed partial class GuideTests
{
    [Fact]
    public void Every_link_leads_somewhere()
    {
        Assert.NotEmpty(Guide.Links());
        var anchors = Guide.Anchors().ToHashSet(StringComparer.Ordinal);
        Assert.All(Guide.Links(), link =>
        {
            var there = link.StartsWith('#') ? anchors.Contains(link[1..]) : Path.Exists(Path.Combine(SourceTree.Root, "k8s", link.Split('#')[0]));
            Assert.True(there, $"{link} leads nowhere.");
        });
    }

    [Fact]
    public void What_it_says_to_create_is_what_the_overlays_need()
    {
        var needed = ManifestTests.OverlayNames
            .Select(ManifestSet.Render)
            .SelectMany(set => set.All.SelectMany(NameReference.In).Where(reference => set.Find(reference.Kind, reference.Name) is null))
            .Select(reference => $"{reference.Kind} {MemberName().Replace(reference.Name, "NAME-")}")
            .ToHashSet(StringComparer.Ordinal);
        var said = Created().Matches(Guide.Text).Select(match => $"{match.Groups["kind"].Value} {match.Groups["name"].Value}");
        Assert.Equal(needed.Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_verbs_it_uses_are_verbs_with_those_options()
    {
        var commands = Commands().Matches(Guide.Text + SourceTree.Read("k8s/base/backup/backup.sh")).Select(match => match.Groups["rest"].Value).ToList();
        Assert.NotEmpty(commands);
        foreach (var command in commands)
        {
            var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] verb = [.. words.TakeWhile(word => VerbWord().IsMatch(word)).Take(words[0] is "block" or "certificate" ? 2 : 1)];

            var help = await CliRun.OfflineAsync([.. verb, "--help"]);
            Assert.True(help.ExitCode == 0, $"consortium {command}: {help.Error}");
            Assert.All(
                words.Where(word => word.StartsWith("--", StringComparison.Ordinal)),
                option => Assert.Contains(option, help.Out, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_files_and_routes_it_names_are_there()
    {
        Assert.All(Paths().Matches(Guide.Text).Select(match => match.Value), path => Assert.True(
            Path.Exists(Path.Combine(SourceTree.Root, path.Split("NAME")[0])),
            $"{path} is not there."));
        Assert.Contains(Routes.Ready, Guide.Text, StringComparison.Ordinal);
    }

    [GeneratedRegex("^(meridian-bank|alder-works|greenwood-forests|harbor-capital|lakeside-pension)-", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex MemberName();

    [GeneratedRegex(@"^\| (?<kind>Secret|ConfigMap) \| `(?<name>[A-Za-z-]+)` \|", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Created();

    [GeneratedRegex(@"(^|`|/app/)consortium (?<rest>[a-z][^`\n|>;]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Commands();

    [GeneratedRegex("^[a-z-]+$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex VerbWord();

    [GeneratedRegex(@"(?<![\w/.-])(k8s|gateway|silos|tests)/[A-Za-z0-9./_-]*[A-Za-z0-9]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Paths();
}
