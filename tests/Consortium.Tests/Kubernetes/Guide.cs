using System.Text.RegularExpressions;
using Consortium.Tests.Tidy;

namespace Consortium.Tests.Kubernetes;

/// <summary>The operator's guide, <c>k8s/README.md</c>, with its tables, headings and links.</summary>
internal static partial class Guide
{
    public const string Path = "k8s/README.md";

    public static string Text { get; } = SourceTree.Read(Path);

    /// <summary>Whether its table of what the operator creates has a Secret or ConfigMap with a key; NAME there stands for a member.</summary>
    public static bool Creates(string kind, string name, string key) => Rows().Matches(Text).Any(row =>
        row.Groups["kind"].Value == kind
        && Regex.IsMatch(name, $"^{Regex.Escape(row.Groups["name"].Value).Replace("NAME", "[a-z-]+", StringComparison.Ordinal)}$", RegexOptions.None, TimeSpan.FromSeconds(1))
        && (key.Length == 0 || row.Groups["keys"].Value.Contains($"`{key}`", StringComparison.Ordinal)));

    /// <summary>Its sections, as links name them.</summary>
    public static IEnumerable<string> Anchors() => Headings().Matches(Text)
        .Select(match => NotInAnchors().Replace(match.Groups["title"].Value.ToLowerInvariant(), string.Empty).Replace(' ', '-'));

    /// <summary>Titles of its sections of the third level.</summary>
    public static IEnumerable<string> Titles() => Headings().Matches(Text).Select(match => match.Groups["title"].Value);

    /// <summary>The targets of the guide's links.</summary>
    public static IEnumerable<string> Links() => LinkTargets().Matches(Text).Select(match => match.Groups["target"].Value);

    [GeneratedRegex(@"^\| (?<kind>Secret|ConfigMap) \| `(?<name>[A-Za-z-]+)` \| (?<keys>[^|]*) \|", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Rows();

    [GeneratedRegex("^#+ (?<title>.+)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Headings();

    [GeneratedRegex("[^a-z0-9 _-]", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NotInAnchors();

    [GeneratedRegex(@"\]\((?<target>[^)]+)\)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex LinkTargets();
}
