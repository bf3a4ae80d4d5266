using System.Globalization;
using System.Text;

namespace Consortium.Gateway.Hosting;

/// <summary>All settings, and how they are read: command line before environment before appsettings.json before defaults.</summary>
public static class GatewaySettings
{
    /// <summary>The settings.</summary>
    public static IReadOnlyList<GatewaySetting> All { get; } =
    [
        Text("data", "Folder of the ledger.", "./data", "a folder", (options, value) => options with { Data = value }),
        new("urls", "Where to listen, separated by semicolons.", "http://127.0.0.1:5080", "http:// URLs", IsFlag: false, Urls),
        new("grpc-urls", "Where to listen for gRPC, separated by semicolons; of programs that speak it.", "none", "http:// or https:// URLs", IsFlag: false, GrpcUrls),
        Text("grpc-certificate", "File with the certificate of https gRPC URLs, PEM or PFX.", "none", "a file", (options, value) => options with { GrpcCertificate = value }),
        Text("grpc-certificate-key", "File with the key of a PEM certificate.", "the certificate's file", "a file", (options, value) => options with { GrpcCertificateKey = value }),
        Number("grpc-streams-max", "gRPC calls at a time on one connection.", 100, 1, 10_000, (options, value) => options with { GrpcStreamsMax = value }),
        Flag("demo", "Prepare and play the first scenario.", (options, value) => options with { Demo = value }),
        Flag("once", "Stop after the scenario.", (options, value) => options with { Once = value }),
        Text("genesis", "File with the genesis that an empty folder begins with.", "DATA/genesis.bin", "a file", (options, value) => options with { Genesis = value }),
        Text("keys", "Folder with producer keys (PEM) of the members that seal here.", "DATA/keys", "a folder", (options, value) => options with { Keys = value }),
        Text("key-password", "Password of encrypted producer keys; better given in the environment.", "none", "a text", (options, value) => options with { KeyPassword = value }),
        new("auth", "Whether reads of accounts need a token or a signed request.", "on unless every URL is loopback", "on or off", IsFlag: false, Auth),
        Text("tokens", "File with NAME TOKEN in each line.", "none", "a file", (options, value) => options with { Tokens = value }),
        Number("request-bytes-max", "Bytes of a request body.", 4 * 1024 * 1024, 64 * 1024, 64 * 1024 * 1024, (options, value) => options with { RequestBytesMax = value }),
        Number("transactions-per-request-max", "Transactions of one request.", 1024, 1, 10_000, (options, value) => options with { TransactionsPerRequestMax = value }),
        Number("transactions-per-second-max", "Transactions and other requests of one caller per second.", 20_000, 1, 1_000_000, (options, value) => options with { TransactionsPerSecondMax = value }),
        Number("connections-max", "Connections at a time.", 1000, 1, 100_000, (options, value) => options with { ConnectionsMax = value }),
        Number("queue-transactions-max", "Transactions that wait to be ordered.", 20_000, 1, 1_000_000, (options, value) => options with { QueueTransactionsMax = value }),
        Number("wait-seconds-max", "Longest wait for a moment, seconds.", 60, 1, 600, (options, value) => options with { WaitSecondsMax = value }),
        Number("mining-threads", "Threads that search for nonces, per member that seals here.", 1, 1, 1024, (options, value) => options with { MiningThreads = value }),
        new("mining-duty-percent", "Share of each mining thread's time spent hashing, percent.", "0.5", "above 0, at most 100", IsFlag: false, Duty),
        new("otlp-endpoint", "Base URL for traces, metrics and logs (OTLP over HTTP).", "none", "an http:// or https:// URL", IsFlag: false, Otlp),
    ];

    /// <summary>Reads the settings.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="surroundings">Environment (names as in <see cref="GatewaySetting.Variable"/>) and appsettings.json.</param>
    /// <param name="options">The options, or <see langword="null"/>.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public static string? TryRead(IReadOnlyList<string> args, IConfiguration surroundings, out GatewayOptions? options)
    {
        options = null;
        var fault = TryReadArguments(args, out var given);
        var read = new GatewayOptions();
        foreach (var setting in All)
        {
            var value = given.GetValueOrDefault(setting.Name)
                ?? surroundings[setting.Variable]
                ?? surroundings["Consortium:" + setting.Name.Replace("-", string.Empty, StringComparison.Ordinal)];
            if (fault is null && !string.IsNullOrEmpty(value))
            {
                var applied = setting.Apply(read, value);
                fault = applied is null ? $"--{setting.Name} must be {setting.Range}; it is '{value}'." : null;
                read = applied ?? read;
            }
        }

        if (fault is null && read.Once && !read.Demo)
        {
            fault = "--once stops after the scenario: give --demo too.";
        }

        if (fault is null && read.GrpcCertificate is null && read.GrpcUrlList.Any(url => url.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase)))
        {
            fault = "--grpc-urls has an https URL: give --grpc-certificate too.";
        }

        options = fault is null ? read : null;
        return fault;
    }

    /// <summary>Describes the command line.</summary>
    /// <returns>Text of several lines.</returns>
    public static string Help()
    {
        var text = new StringBuilder("Consortium.Gateway: serves a consortium's ledger over HTTP.\n\nSettings:\n");
        foreach (var setting in All)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  --{setting.Name,-30} {setting.Summary} Default {setting.Default}; {setting.Range}. {setting.Variable}\n");
        }

        return text.ToString();
    }

    private static string? TryReadArguments(IReadOnlyList<string> args, out Dictionary<string, string> given)
    {
        given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = (args[i], (string?)null);
            var at = name.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
            {
                (name, value) = (name[..at], name[(at + 1)..]);
            }

            if (All.FirstOrDefault(setting => "--" + setting.Name == name) is not { } found)
            {
                return $"'{name}' is no setting; --help lists them.";
            }

            value ??= found.IsFlag ? "true" : i + 1 < args.Count ? args[++i] : null;
            if (value is null)
            {
                return $"--{found.Name} needs a value: {found.Range}.";
            }

            given[found.Name] = value;
        }

        return null;
    }

    private static GatewaySetting Text(
        string name,
        string summary,
        string byDefault,
        string range,
        Func<GatewayOptions, string, GatewayOptions> apply) => new(name, summary, byDefault, range, IsFlag: false, apply);

    private static GatewaySetting Flag(string name, string summary, Func<GatewayOptions, bool, GatewayOptions> apply) => new(
        name,
        summary,
        "off",
        "true or false",
        IsFlag: true,
        (options, value) => bool.TryParse(value, out var flag) ? apply(options, flag) : null);

    private static GatewaySetting Number(
        string name,
        string summary,
        int byDefault,
        int min,
        int max,
        Func<GatewayOptions, int, GatewayOptions> apply) => new(
        name,
        summary,
        byDefault.ToString(CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"from {min} to {max}"),
        IsFlag: false,
        (options, value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? apply(options, number)
            : null);

    private static GatewayOptions? Auth(GatewayOptions options, string value) => value switch
    {
        "on" => options with { Auth = true },
        "off" => options with { Auth = false },
        _ => null,
    };

    private static GatewayOptions? Urls(GatewayOptions options, string value)
    {
        var changed = options with { Urls = value };
        return changed.UrlList.Count > 0 && changed.UrlList.All(IsHttp) ? changed : null;
    }

    private static GatewayOptions? GrpcUrls(GatewayOptions options, string value)
    {
        var changed = options with { GrpcUrls = value };
        return changed.GrpcUrlList.Count > 0 && changed.GrpcUrlList.All(IsHttp) ? changed : null;
    }

    private static GatewayOptions? Duty(GatewayOptions options, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var duty) && duty is > 0 and <= 100
            ? options with { MiningDutyPercent = duty }
            : null;

    private static GatewayOptions? Otlp(GatewayOptions options, string value) =>
        IsHttp(value) ? options with { OtlpEndpoint = new Uri(value) } : null;

    // A host such as * or + is Kestrel's way to say all addresses, and no URI.
    private static bool IsHttp(string url) =>
        Uri.TryCreate(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
