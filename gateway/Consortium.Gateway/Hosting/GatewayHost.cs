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
using Consortium.Gateway.Grpc.Hosting;
using Consortium.Gateway.Health;
using Consortium.Gateway.Network;
using Consortium.Gateway.Node;
using Consortium.Gateway.OpenApi;
using Consortium.Gateway.Parties;
using Consortium.Gateway.Proofs;
using Consortium.Gateway.Rates;
using Consortium.Gateway.Simulations;
using Consortium.Gateway.Submissions;
using Consortium.Gateway.Telemetry;
using Consortium.Gateway.Transactions;
using Consortium.Ledger.Signatures;

namespace Consortium.Gateway.Hosting;

/// <summary>Puts a gateway together.</summary>
public static class GatewayHost
{
    /// <summary>Builds a gateway over a node that somebody else runs.</summary>
    /// <param name="options">The options.</param>
    /// <param name="node">The node, or <see langword="null"/> for one that will be set on <see cref="NodeSource"/>.</param>
    /// <param name="add">Adds the services of the program that hosts the gateway.</param>
    /// <returns>The application, not started.</returns>
    public static WebApplication Build(GatewayOptions options, ILedgerNode? node, Action<WebApplicationBuilder> add)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(add);
        var builder = Begin(options);
        add(builder);
        var app = End(builder);
        if (node is not null)
        {
            app.Services.GetRequiredService<NodeSource>().Set(node);
        }

        return app;
    }

    private static WebApplicationBuilder Begin(GatewayOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [] });
        builder.ListenOn(options.UrlList, GrpcSetup.Listeners(options));
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
        builder.Services.AddSingleton<KeyImport>();
        builder.Services.AddHostedService(services => services.GetRequiredService<KeyImport>());
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
        builder.AddGatewayGrpc(options);
        return builder;
    }

    private static WebApplication End(WebApplicationBuilder builder)
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
        app.MapGatewayGrpc();
        return app;
    }
}
