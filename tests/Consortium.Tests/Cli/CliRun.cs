using System.Net.Sockets;
using System.Text.Json.Nodes;
using Consortium.Cli;
using Consortium.Client;

namespace Consortium.Tests.Cli;

/// <summary>One run of the command, in this process.</summary>
/// <param name="ExitCode">The exit code that the process would have.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    /// <summary>The one object that <c>--json</c> prints.</summary>
    public JsonObject Json => JsonNode.Parse(Assert.Single(Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)))!.AsObject();

    /// <summary>Runs with no gateway anywhere.</summary>
    public static Task<CliRun> OfflineAsync(params string[] arguments) => WithAsync(_ => new NoGateway(), arguments);

    /// <summary>Runs against a gateway.</summary>
    public static Task<CliRun> WithAsync(Func<int, HttpMessageHandler> createHandler, params string[] arguments) =>
        WithAsync(createHandler, _ => null, arguments);

    /// <summary>Runs against a gateway, with an environment.</summary>
    public static Task<CliRun> WithAsync(
        Func<int, HttpMessageHandler> createHandler,
        Func<string, string?> environment,
        params string[] arguments) => WithAsync(
            createHandler,
            address => throw new InvalidOperationException($"{address} is not to be spoken gRPC with in this test."),
            environment,
            arguments);

    /// <summary>Runs against a gateway over HTTP or gRPC, with an environment.</summary>
    public static async Task<CliRun> WithAsync(
        Func<int, HttpMessageHandler> createHandler,
        Func<Uri, IGatewayTransport> createGrpc,
        Func<string, string?> environment,
        params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(arguments, new CliEnvironment
        {
            Out = output,
            Error = error,
            Environment = environment,
            AskSecret = null,
            Time = TimeProvider.System,
            CreateHandler = createHandler,
            CreateGrpc = createGrpc,
        });
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }

    private sealed class NoGateway : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("Connection refused", new SocketException((int)SocketError.ConnectionRefused));
    }
}
