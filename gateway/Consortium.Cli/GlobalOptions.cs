using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;

namespace Consortium.Cli;

/// <summary>Options that every verb takes.</summary>
internal sealed class GlobalOptions
{
    private const string UrlVariable = "CONSORTIUM_URL";
    private const string GrpcVariable = "CONSORTIUM_GRPC";
    private const string TokenVariable = "CONSORTIUM_TOKEN";
    private const string DemoUrl = "http://127.0.0.1:5080";
    private const string DemoGrpcUrl = "http://127.0.0.1:5081";

    public Option<Uri?> Url { get; } = new("--url")
    {
        Description = $"The gateway's address [default: {UrlVariable} or {DemoUrl}]",
        Recursive = true,
        HelpName = "URL",
        CustomParser = result => Read(result, DemoUrl),
    };

    public Option<Uri?> Grpc { get; } = new("--grpc")
    {
        Description = $"The gateway's gRPC address, to speak gRPC instead of HTTP [default: {GrpcVariable}]",
        Recursive = true,
        HelpName = "URL",
        CustomParser = result => Read(result, DemoGrpcUrl),
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one machine-readable object on standard output",
        Recursive = true,
    };

    public static Uri DefaultUrl(Func<string, string?> environment) =>
        FromEnvironment(environment, UrlVariable, DemoUrl, "--url") ?? new Uri(DemoUrl);

    public static Uri? DefaultGrpc(Func<string, string?> environment) =>
        FromEnvironment(environment, GrpcVariable, DemoGrpcUrl, "--grpc");

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

    private static Uri? FromEnvironment(Func<string, string?> environment, string variable, string example, string option)
    {
        if (environment(variable) is not { Length: > 0 } text)
        {
            return null;
        }

        return TryParse(text, out var url) ? url : throw new UsageException(
            $"The environment variable {variable} holds '{text}', which is not an http or https address.",
            $"Set it to the gateway's address, for example {example}, or give {option}.");
    }

    private static Uri? Read(ArgumentResult result, string example)
    {
        var text = result.Tokens[0].Value;
        if (!TryParse(text, out var url))
        {
            result.AddError($"'{text}' is not an http or https address, for example {example}.");
        }

        return url;
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out Uri? url)
    {
        url = Uri.TryCreate(text, UriKind.Absolute, out var read) && read.Scheme is "http" or "https" ? read : null;
        return url is not null;
    }
}
