using System.Text.Json.Serialization;
using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Accounts;
using Consortium.Gateway.Assets;
using Consortium.Gateway.Blocks;
using Consortium.Gateway.Building;
using Consortium.Gateway.Doctor;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Events;
using Consortium.Gateway.Export;
using Consortium.Gateway.Health;
using Consortium.Gateway.Network;
using Consortium.Gateway.OpenApi;
using Consortium.Gateway.Parties;
using Consortium.Gateway.Proofs;
using Consortium.Gateway.Rates;
using Consortium.Gateway.Simulations;
using Consortium.Gateway.Submissions;
using Consortium.Gateway.Telemetry;
using Consortium.Gateway.Transactions;
using Consortium.Ledger.Signatures;
using Consortium.Node;

namespace Consortium.Gateway.Hosting;

/// <summary>Puts a gateway together.</summary>
public static class GatewayHost
{
    private static readonly string[] HelpSwitches = ["--help", "-h", "-?"];

    /// <summary>Runs a gateway as a process does.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="scenario">What <c>--demo</c> plays.</param>
    /// <param name="extensions">What other assemblies add.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, IScenario? scenario, params IReadOnlyList<IGatewayExtension> extensions)
    {
        if (args.Any(argument => HelpSwitches.Contains(argument, StringComparer.Ordinal)))
        {
            await Console.Out.WriteAsync(GatewaySettings.Help());
            return 0;
        }

        var surroundings = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .Build();
        var fault = GatewaySettings.TryRead(args, surroundings, out var options);
        if (options is { Demo: true } && scenario is null)
        {
            fault = "This program has no scenario: --demo is for the one that has.";
        }

        if (options is { GrpcUrlList.Count: > 0 } && extensions.All(extension => extension.Listeners(options).Count == 0))
        {
            fault = "This program does not speak gRPC, which --grpc-urls asks for: run gateway/Consortium.Gateway.Grpc of the cluster edition with the same settings.";
        }

        if (fault is not null || options is null)
        {
            await Console.Error.WriteLineAsync(fault);
            return 2;
        }

        try
        {
            await using var app = Build(options, scenario, extensions);

            // Running disposes the services when it ends.
            var exitCode = app.Services.GetRequiredService<ExitCode>();
            await app.RunAsync();
            return exitCode.Value;
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The gateway cannot start: {exception.Message}");
            return 1;
        }
    }

    /// <summary>Builds a gateway that opens its data folder when it starts.</summary>
    /// <param name="options">The options.</param>
    /// <param name="scenario">What <c>--demo</c> plays.</param>
    /// <param name="extensions">What other assemblies add.</param>
    /// <returns>The application, not started.</returns>
    public static WebApplication Build(GatewayOptions options, IScenario? scenario, params IReadOnlyList<IGatewayExtension> extensions)
    {
        var builder = Begin(options, extensions);
        builder.Services.AddHostedService<NodeStarter>();
        if (scenario is not null)
        {
            builder.Services.AddSingleton(scenario);
        }

        if (options.Demo && scenario is not null)
        {
            builder.Services.AddHostedService<ScenarioRunner>();
        }

        return End(builder, extensions);
    }

    /// <summary>Builds a gateway over a node that somebody else runs.</summary>
    /// <param name="options">The options; those of the data folder do not matter.</param>
    /// <param name="node">The node, or <see langword="null"/> for one that will be set on <see cref="NodeSource"/>.</param>
    /// <param name="extensions">What other assemblies add.</param>
    /// <returns>The application, not started.</returns>
    public static WebApplication Build(GatewayOptions options, ILedgerNode? node, params IReadOnlyList<IGatewayExtension> extensions)
    {
        var app = End(Begin(options, extensions), extensions);
        if (node is not null)
        {
            app.Services.GetRequiredService<NodeSource>().Set(node);
        }

        return app;
    }

    private static WebApplicationBuilder Begin(GatewayOptions options, IReadOnlyList<IGatewayExtension> extensions)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [] });
        builder.ListenOn(options.UrlList, [.. extensions.SelectMany(extension => extension.Listeners(options))]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.RequestBytesMax;
            kestrel.Limits.MaxConcurrentConnections = options.ConnectionsMax;
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.ConfigureHttpJsonOptions(json =>
            ApiJson.Configure(json.SerializerOptions, JsonUnmappedMemberHandling.Disallow));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<NodeSource>();
        builder.Services.AddSingleton<NodeStatusGauge>();
        builder.Services.AddSingleton<ExitCode>();
        builder.Services.AddSingleton<P256VerifierCache>();
        builder.Services.AddSingleton<Callers>();
        builder.Services.AddSingleton<CallerRates>();
        builder.Services.AddSingleton<ReaderCheck>();
        builder.Services.AddSingleton<SignatureChecker>();
        builder.Services.AddSingleton<Submitter>();
        builder.Services.AddSingleton<SubmissionRun>();
        builder.Services.AddSingleton<TransactionWait>();
        builder.Services.AddSingleton<PayloadBuilder>();
        builder.Services.AddSingleton<Simulator>();
        builder.Services.AddSingleton<NetworkQueries>();
        builder.Services.AddSingleton<DoctorQueries>();
        builder.Services.AddSingleton<AccountQueries>();
        builder.Services.AddSingleton<AssetQueries>();
        builder.Services.AddSingleton<TransactionQueries>();
        builder.Services.AddSingleton<BlockQueries>();
        builder.Services.AddSingleton<PartyQueries>();
        builder.Services.AddSingleton<ProofQueries>();
        builder.Services.AddSingleton<ChainExport>();
        builder.Services.AddGatewayOpenApi();
        builder.AddGatewayTelemetry(options);
        foreach (var extension in extensions)
        {
            extension.Add(builder, options);
        }

        return builder;
    }

    private static WebApplication End(WebApplicationBuilder builder, IReadOnlyList<IGatewayExtension> extensions)
    {
        var app = builder.Build();

        // Tokens that cannot be read stop the gateway before it listens.
        app.Services.GetRequiredService<Callers>();
        app.Services.GetRequiredService<NodeStatusGauge>();
        app.UseMiddleware<RefusalMiddleware>();
        app.UseRouting();
        app.MapHealth();
        app.MapOpenApi(Routes.OpenApi.Replace("v1", "{documentName}", StringComparison.Ordinal));
        var v1 = app.MapGroup(string.Empty).AddEndpointFilter<RateFilter>();
        v1.MapSubmissions();
        v1.MapBuilding();
        v1.MapSimulations();
        v1.MapNetwork();
        v1.MapDoctor();
        v1.MapAccounts();
        v1.MapAssets();
        v1.MapTransactions();
        v1.MapBlocks();
        v1.MapParties();
        v1.MapProofs();
        v1.MapExport();
        v1.MapEvents();
        foreach (var extension in extensions)
        {
            extension.Map(app);
        }

        return app;
    }
}
