using Consortium.Client;
using Consortium.Client.Grpc;
using Spectre.Console;

namespace Consortium.Cli;

/// <summary>The parts of the machine that a command uses, so that tests can replace them.</summary>
public sealed class CliEnvironment
{
    /// <summary>Standard output: results only.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error: progress, and errors meant for people.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>Asks a person for a secret; <see langword="null"/> when there is no terminal to ask on.</summary>
    public required Func<string, string>? AskSecret { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Makes the handler that carries HTTP requests; argument: connections at most.</summary>
    public required Func<int, HttpMessageHandler> CreateHandler { get; init; }

    /// <summary>Makes a gRPC transport to the gateway at an address.</summary>
    public required Func<Uri, IGatewayTransport> CreateGrpc { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; init; } = 120;

    /// <summary>The environment of this process.</summary>
    /// <returns>Console, environment, clock and sockets.</returns>
    public static CliEnvironment OfProcess() => new()
    {
        CreateGrpc = address => new GrpcTransport(address, new GrpcTransportOptions()),
        Out = Console.Out,
        Error = Console.Error,
        Environment = System.Environment.GetEnvironmentVariable,
        AskSecret = Console.IsInputRedirected ? null : AskOnTerminal,
        Time = TimeProvider.System,
        CreateHandler = connections => new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connections,
            UseProxy = false,
            UseCookies = false,
        },
        Width = Console.IsOutputRedirected ? 160 : Math.Max(80, Console.WindowWidth),
    };

    private static string AskOnTerminal(string question)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Prompt(new TextPrompt<string>(question).Secret(mask: null).AllowEmpty());
    }
}
