using System.Text.RegularExpressions;
using Consortium.Tests.Tidy;

namespace Consortium.Tests.Readme;

/// <summary>One of the project's pages, read from the source tree.</summary>
/// <param name="Path">From the root, for example <c>docs/owner.md</c>.</param>
internal sealed partial record MarkdownPage(string Path)
{
    /// <summary>The README and every page of <c>docs</c>.</summary>
    public static IReadOnlyList<MarkdownPage> All { get; } =
        [.. SourceTree.Files("docs", "*.md").Prepend("README.md").Select(path => new MarkdownPage(path))];

    public string Text { get; } = SourceTree.Read(Path);

    /// <summary>Lines of the blocks that a shell could take, whether they are run here or not.</summary>
    public IEnumerable<string> Commands => Blocks("sh").Concat(Blocks("console")).SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The contents of fenced blocks of one language, in order.</summary>
    public IReadOnlyList<string> Blocks(string language) =>
        [.. Fences().Matches(Text).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["content"].Value)];

    /// <summary>The targets of links, without those to other sites.</summary>
    public IEnumerable<string> Links() => LinkTargets().Matches(Text).Select(match => match.Groups["target"].Value).Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>The anchors of the page's headings.</summary>
    public IEnumerable<string> Anchors() => Headings().Matches(Text).Select(match => string.Concat(
        match.Groups["title"].Value.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-').Select(c => c == ' ' ? '-' : c)));

    [GeneratedRegex("^```(?<language>[a-z]*)\n(?<content>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Fences();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex LinkTargets();

    [GeneratedRegex("^#+ (?<title>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Headings();
}
