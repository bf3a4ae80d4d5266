using System.CommandLine;
using System.Net.Http.Headers;
using Consortium.Client;

namespace Consortium.Cli;

/// <summary>The options given to a verb, and the gateway and machine that it may use.</summary>
internal sealed class VerbContext : IDisposable
{
    private readonly Verb _verb;
    private readonly GlobalOptions _options;
    private ConsortiumClient? _client;

    public VerbContext(Verb verb, ParseResult parsed, GlobalOptions options, CliEnvironment environment)
    {
        _verb = verb;
        _options = options;
        Parsed = parsed;
        CliEnvironment = environment;
    }

    public ParseResult Parsed { get; }

    public CliEnvironment CliEnvironment { get; }

    public bool Json => Parsed.GetValue(_options.Json);

    /// <summary>The gateway's address: the option, else the environment, else the demo's.</summary>
    public Uri Url => Parsed.GetValue(_options.Url) ?? GlobalOptions.DefaultUrl(CliEnvironment.Environment);

    /// <summary>The gateway, connected to when it is first asked something.</summary>
    public ConsortiumClient Client => _client ??= Connect();

    public T Required<T>(Option<T> option) => Parsed.GetRequiredValue(option);

    public T Required<T>(Argument<T> argument) => Parsed.GetRequiredValue(argument);

    public T? Optional<T>(Option<T> option) => Parsed.GetValue(option);

    /// <summary>Whether an option was written on the command line.</summary>
    public bool Given(Option option) => Parsed.GetResult(option) is { Implicit: false };

    public void Dispose() => _client?.Dispose();

    /// <summary>The gateway's gRPC address, where gRPC is to be spoken: the option, or the environment when --url is not given.</summary>
    private Uri? GrpcUrl()
    {
        var (url, grpc) = (Parsed.GetValue(_options.Url), Parsed.GetValue(_options.Grpc));
        if (url is not null && grpc is not null)
        {
            throw new UsageException("The gateway is named twice, by --url and by --grpc.", "Give --url to speak HTTP with it, or --grpc to speak gRPC.");
        }

        return grpc ?? (url is null ? GlobalOptions.DefaultGrpc(CliEnvironment.Environment) : null);
    }

    private ConsortiumClient Connect()
    {
        if (GrpcUrl() is { } address)
        {
            return new ConsortiumClient(CliEnvironment.CreateGrpc(address), CliEnvironment.Time);
        }

        var token = GlobalOptions.Token(CliEnvironment.Environment);
        var http = new HttpClient(CliEnvironment.CreateHandler(_verb.Connections(Parsed)))
        {
            BaseAddress = Url,
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
        };
        return new ConsortiumClient(http, CliEnvironment.Time);
    }
}
