using Consortium.Gateway.Telemetry;

namespace Consortium.Gateway.Hosting;

/// <summary>Settings of a gateway; <see cref="GatewaySettings"/> lists them with units and ranges.</summary>
public sealed record GatewayOptions
{
    /// <summary>Where the ledger is kept.</summary>
    /// <value>Default <c>./data</c>.</value>
    public string Data { get; init; } = "./data";

    /// <summary>URLs to listen on, separated by semicolons.</summary>
    /// <value>Default <c>http://127.0.0.1:5080</c>.</value>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>URLs to listen on for gRPC, separated by semicolons; empty for none.</summary>
    /// <value>Default <c>http://127.0.0.1:5081</c>.</value>
    public string GrpcUrls { get; init; } = "http://127.0.0.1:5081";

    /// <summary>File with the certificate that https gRPC URLs show: PEM, chain included, or PFX.</summary>
    /// <value>Default none.</value>
    public string? GrpcCertificate { get; init; }

    /// <summary>File with the key of a PEM certificate.</summary>
    /// <value>Default none: the certificate's file has it.</value>
    public string? GrpcCertificateKey { get; init; }

    /// <summary>gRPC calls at a time on one connection.</summary>
    /// <value>Default 100, from 1 to 10,000.</value>
    public int GrpcStreamsMax { get; init; } = 100;

    /// <summary>Whether the demonstration's network is made where there is none, and its scenario played.</summary>
    /// <value>Default off.</value>
    public bool Demo { get; init; }

    /// <summary>Whether to stop after the scenario.</summary>
    /// <value>Default off.</value>
    public bool Once { get; init; }

    /// <summary>File with the genesis that an empty folder begins with.</summary>
    /// <value>Default <c>genesis.bin</c> in the data folder.</value>
    public string? Genesis { get; init; }

    /// <summary>Folder with the producer keys of the members that seal here, one PEM file each.</summary>
    /// <value>Default <c>keys</c> in the data folder.</value>
    public string? Keys { get; init; }

    /// <summary>Password of the producer keys where they are encrypted.</summary>
    /// <value>Default none.</value>
    public string? KeyPassword { get; init; }

    /// <summary>Whether reads of accounts need a token or a signed request.</summary>
    /// <value>Default on when any URL is not loopback.</value>
    public bool? Auth { get; init; }

    /// <summary>File with a name and a token per line.</summary>
    /// <value>Default none.</value>
    public string? Tokens { get; init; }

    /// <summary>Bytes of a request body.</summary>
    /// <value>Default 4 MiB, from 64 KiB to 64 MiB.</value>
    public int RequestBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>Transactions of one request.</summary>
    /// <value>Default 1,024, from 1 to 10,000.</value>
    public int TransactionsPerRequestMax { get; init; } = 1024;

    /// <summary>Transactions and other requests that one caller may send each second on average.</summary>
    /// <value>Default 20,000, from 1 to 1,000,000.</value>
    public int TransactionsPerSecondMax { get; init; } = 20_000;

    /// <summary>Connections at a time.</summary>
    /// <value>Default 1,000, from 1 to 100,000.</value>
    public int ConnectionsMax { get; init; } = 1000;

    /// <summary>Transactions that wait to be ordered; more are refused as overloaded.</summary>
    /// <value>Default 20,000, from 1 to 1,000,000.</value>
    public int QueueTransactionsMax { get; init; } = 20_000;

    /// <summary>Longest wait for a finality level, seconds.</summary>
    /// <value>Default 60, from 1 to 600.</value>
    public int WaitSecondsMax { get; init; } = 60;

    /// <summary>Threads that search for nonces, for each member that seals here.</summary>
    /// <value>Default 1, from 1 to 1,024.</value>
    public int MiningThreads { get; init; } = 1;

    /// <summary>Share of each mining thread's time that is spent hashing, percent.</summary>
    /// <value>Default 0.5, above 0 and at most 100.</value>
    public double MiningDutyPercent { get; init; } = 0.5;

    /// <summary>Base URL that traces, metrics and logs are sent to (OTLP over HTTP).</summary>
    /// <value>Default none: nothing is sent.</value>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>The name of the process in telemetry. Not a setting: the program sets it.</summary>
    /// <value>Default a gateway by itself.</value>
    public TelemetryIdentity Identity { get; init; } = TelemetryIdentity.Gateway;

    /// <summary>Whether authentication is on.</summary>
    public bool IsAuthOn => Auth ?? !UrlList.Concat(GrpcUrlList).All(IsLoopback);

    /// <summary>The URLs to listen on, one by one.</summary>
    public IReadOnlyList<string> UrlList => Split(Urls);

    /// <summary>The URLs to listen on for gRPC, one by one.</summary>
    public IReadOnlyList<string> GrpcUrlList => Split(GrpcUrls);

    private static string[] Split(string urls) => urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool IsLoopback(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.IsLoopback;
}
