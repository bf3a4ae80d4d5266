using System.Globalization;

namespace Consortium.Gateway.Hosting;

/// <summary>All settings of a gateway.</summary>
public static class GatewaySettings
{
    /// <summary>Every setting, in the order in which --help lists them.</summary>
    public static IReadOnlyList<Setting<GatewayOptions>> All { get; } =
    [
        Setting.Text<GatewayOptions>("data", "Folder of the ledger.", "./data", "a folder", (options, value) => options with { Data = value }),
        new("urls", "Where to listen, separated by semicolons.", "http://127.0.0.1:5080", "http:// URLs", IsFlag: false, Urls),
        new("grpc-urls", "Where to listen for gRPC, separated by semicolons.", "http://127.0.0.1:5081", "http:// or https:// URLs, or off", IsFlag: false, GrpcUrls),
        Setting.Text<GatewayOptions>("grpc-certificate", "File with the certificate of https gRPC URLs, PEM or PFX.", "none", "a file", (options, value) => options with { GrpcCertificate = value }),
        Setting.Text<GatewayOptions>("grpc-certificate-key", "File with the key of a PEM certificate.", "the certificate's file", "a file", (options, value) => options with { GrpcCertificateKey = value }),
        Setting.Number<GatewayOptions>("grpc-streams-max", "gRPC calls at a time on one connection.", 100, 1, 10_000, (options, value) => options with { GrpcStreamsMax = value }),
        Setting.Flag<GatewayOptions>("demo", "Prepare and play the first scenario.", (options, value) => options with { Demo = value }),
        Setting.Flag<GatewayOptions>("once", "Stop after the scenario.", (options, value) => options with { Once = value }),
        Setting.Text<GatewayOptions>("genesis", "File with the genesis that an empty folder begins with.", "DATA/genesis.bin", "a file", (options, value) => options with { Genesis = value }),
        Setting.Text<GatewayOptions>("keys", "Folder with producer keys (PEM) of the members that seal here.", "DATA/keys", "a folder", (options, value) => options with { Keys = value }),
        Setting.Text<GatewayOptions>("key-password", "Password of encrypted producer keys; better given in the environment.", "none", "a text", (options, value) => options with { KeyPassword = value }),
        new("auth", "Whether reads of accounts need a token or a signed request.", "on unless every URL is loopback", "on or off", IsFlag: false, Auth),
        Setting.Text<GatewayOptions>("tokens", "File with NAME TOKEN in each line.", "none", "a file", (options, value) => options with { Tokens = value }),
        Setting.Number<GatewayOptions>("request-bytes-max", "Bytes of a request body.", 4 * 1024 * 1024, 64 * 1024, 64 * 1024 * 1024, (options, value) => options with { RequestBytesMax = value }),
        Setting.Number<GatewayOptions>("transactions-per-request-max", "Transactions of one request.", 1024, 1, 10_000, (options, value) => options with { TransactionsPerRequestMax = value }),
        Setting.Number<GatewayOptions>("transactions-per-second-max", "Transactions and other requests of one caller per second.", 20_000, 1, 1_000_000, (options, value) => options with { TransactionsPerSecondMax = value }),
        Setting.Number<GatewayOptions>("connections-max", "Connections at a time.", 1000, 1, 100_000, (options, value) => options with { ConnectionsMax = value }),
        Setting.Number<GatewayOptions>("queue-transactions-max", "Transactions that wait to be ordered.", 20_000, 1, 1_000_000, (options, value) => options with { QueueTransactionsMax = value }),
        Setting.Number<GatewayOptions>("wait-seconds-max", "Longest wait for a finality level, seconds.", 60, 1, 600, (options, value) => options with { WaitSecondsMax = value }),
        Setting.Number<GatewayOptions>("mining-threads", "Threads that search for nonces, per member that seals here.", 1, 1, 1024, (options, value) => options with { MiningThreads = value }),
        new("mining-duty-percent", "Share of each mining thread's time spent hashing, percent.", "0.5", "above 0, at most 100", IsFlag: false, Duty),
        new("otlp-endpoint", "Base URL for traces, metrics and logs (OTLP over HTTP).", "none", "an http:// or https:// URL", IsFlag: false, Otlp),
    ];

    /// <summary>Looks at settings together.</summary>
    /// <param name="options">The options, each in its range.</param>
    /// <returns>A sentence that says what is wrong, or <see langword="null"/> when nothing is.</returns>
    public static string? Check(GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options is { Once: true, Demo: false })
        {
            return "--once stops after the scenario: give --demo too.";
        }

        return options.GrpcCertificate is null && options.GrpcUrlList.Any(url => url.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase))
            ? "--grpc-urls has an https URL: give --grpc-certificate too."
            : null;
    }

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
        if (value == "off")
        {
            return options with { GrpcUrls = string.Empty };
        }

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
