using System.CommandLine;

namespace Consortium.Cli;

/// <summary>Options that every verb takes.</summary>
internal sealed class GlobalOptions
{
    private const string UrlVariable = "CONSORTIUM_URL";
    private const string TokenVariable = "CONSORTIUM_TOKEN";
    private const string DemoUrl = "http://127.0.0.1:5080";

    public Option<Uri?> Url { get; } = new("--url")
    {
        Description = $"The gateway's address [default: {UrlVariable} or {DemoUrl}]",
        Recursive = true,
        HelpName = "URL",
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
                ? url
                : Fail(result, $"'{result.Tokens[0].Value}' is not an http or https address, for example {DemoUrl}."),
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one machine-readable object on standard output",
        Recursive = true,
    };

    public static Uri DefaultUrl(Func<string, string?> environment)
    {
        var text = environment(UrlVariable) is { Length: > 0 } set ? set : DemoUrl;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new UsageException(
                $"The environment variable {UrlVariable} holds '{text}', which is not an http or https address.",
                $"Set it to the gateway's address, for example {DemoUrl}, or give --url.");
    }

    /// <summary>The token for gateways that let only known callers read; in the environment only, because command lines can be seen.</summary>
    public static string? Token(Func<string, string?> environment)
    {
        var text = environment(TokenVariable)?.Trim();
        return string.IsNullOrEmpty(text) ? null
            : text.All(c => c is > ' ' and <= '~') ? text
            : throw new UsageException(
                $"The environment variable {TokenVariable} holds spaces or characters that no token has.",
                "Set it to the second word of your line in the gateway's file of tokens.");
    }

    private static Uri? Fail(System.CommandLine.Parsing.ArgumentResult result, string message)
    {
        result.AddError(message);
        return null;
    }
}
