using Consortium.Client;
using Consortium.Consensus.Sequencing;
using Consortium.Gateway.Hosting;
using Consortium.Storage;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Consortium.Gateway.Telemetry;

/// <summary>Sends traces, metrics and logs by OTLP when an endpoint is set; otherwise nothing is listened to.</summary>
internal static class TelemetrySetup
{
    // Those of the cluster edition by name: nothing here needs it.
    private const string Grains = "Consortium.Grains";

    private static readonly string[] Sources =
    [
        ClientInstruments.Name,
        ConsensusInstruments.Name,
        GatewayInstruments.Name,
        Grains,
        "Microsoft.AspNetCore",
        "Microsoft.Orleans.Application",
        "Microsoft.Orleans.Runtime",
        "System.Net.Http",
    ];

    private static readonly string[] Meters =
    [
        ConsensusInstruments.Name,
        GatewayInstruments.Name,
        Grains,
        StorageMetrics.MeterName,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.Orleans",
        "System.Net.Http",
        "System.Runtime",
    ];

    public static void AddGatewayTelemetry(this WebApplicationBuilder builder, GatewayOptions options)
    {
        if (options.OtlpEndpoint is not { } endpoint)
        {
            return;
        }

        var identity = options.Identity;
        var resource = ResourceBuilder.CreateDefault().AddService(identity.Service, serviceInstanceId: TelemetryIdentity.Instance);
        if (identity.Member is { } member)
        {
            resource.AddAttributes([new("consortium.member", member)]);
        }

        builder.Services.AddSingleton<TelemetryProviders>();
        builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(Sources)
            .AddOtlpExporter(exporter => Configure(exporter, endpoint, "v1/traces"))
            .Build());
        builder.Services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Meters)
            .AddOtlpExporter(exporter => Configure(exporter, endpoint, "v1/metrics"))
            .Build());
        builder.Logging.AddOpenTelemetry(logs => logs
            .SetResourceBuilder(resource)
            .AddOtlpExporter(exporter => Configure(exporter, endpoint, "v1/logs")));

        // Providers listen from when they are built; the host builds its services before it listens.
        builder.Services.AddHostedService(services => services.GetRequiredService<TelemetryProviders>());
    }

    private static void Configure(OtlpExporterOptions exporter, Uri endpoint, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(new Uri(endpoint.ToString().TrimEnd('/') + "/"), path);
    }
}
