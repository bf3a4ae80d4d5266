using System.CommandLine;
using System.Net.Http.Headers;
using Consortium.Client;

namespace Consortium.Cli;

/// <summary>The options given to a verb, and what it may use.</summary>
internal sealed class VerbContext : IDisposable
{
    private readonly Verb _verb;
    private readonly GlobalOptions _options;
    private ConsortiumClient? _client;

    public VerbContext(Verb verb, ParseResult parsed, GlobalOptions options, Surroundings surroundings)
    {
        _verb = verb;
        _options = options;
        Parsed = parsed;
        Surroundings = surroundings;
    }

    public ParseResult Parsed { get; }

    public Surroundings Surroundings { get; }

    public bool Json => Parsed.GetValue(_options.Json);

    /// <summary>The gateway's address: the option, else the environment, else the demo's.</summary>
    public Uri Url => Parsed.GetValue(_options.Url) ?? GlobalOptions.DefaultUrl(Surroundings.Environment);

    /// <summary>The gateway, connected to when it is first asked something.</summary>
    public ConsortiumClient Client => _client ??= new ConsortiumClient(Connect(), Surroundings.Time);

    public T Required<T>(Option<T> option) => Parsed.GetRequiredValue(option);

    public T Required<T>(Argument<T> argument) => Parsed.GetRequiredValue(argument);

    public T? Optional<T>(Option<T> option) => Parsed.GetValue(option);

    /// <summary>Whether an option was written on the command line.</summary>
    public bool Given(Option option) => Parsed.GetResult(option) is { Implicit: false };

    public void Dispose() => _client?.Dispose();

    private HttpClient Connect()
    {
        var token = GlobalOptions.Token(Surroundings.Environment);
        return new HttpClient(Surroundings.CreateHandler(_verb.Connections(Parsed)))
        {
            BaseAddress = Url,
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
        };
    }
}
