using Consortium.Api;
using Consortium.Gateway.Hosting;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Consortium.Gateway.Telemetry;

/// <summary>Sends traces, metrics and logs by OTLP when an endpoint is set; otherwise nothing is listened to.</summary>
internal static class TelemetrySetup
{
    // Every project of the product names its source and its meter after itself.
    private const string Own = "Consortium.*";

    private static readonly string[] Sources =
    [
        Own,
        "Microsoft.Orleans.Application",
        "Microsoft.Orleans.Lifecycle",
        "Microsoft.Orleans.Runtime",
        "Microsoft.Orleans.Storage",
    ];

    private static readonly string[] Meters = [Own, "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans", "System.Runtime"];

    public static void AddGatewayTelemetry(this WebApplicationBuilder builder, GatewayOptions options)
    {
        if (options.OtlpEndpoint is not { } endpoint)
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, options.Identity))
            .WithTracing(traces => traces
                .AddSource(Sources)
                .AddAspNetCoreInstrumentation(requests => requests.Filter = context => context.Request.Path != Routes.Live && context.Request.Path != Routes.Ready)
                .AddHttpClientInstrumentation()
                .AddOtlpExporter(exporter => Configure(exporter, endpoint, "v1/traces")))
            .WithMetrics(metrics => metrics
                .AddMeter(Meters)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddOtlpExporter(exporter => Configure(exporter, endpoint, "v1/metrics")))
            .WithLogging(logs => logs.AddOtlpExporter(exporter => Configure(exporter, endpoint, "v1/logs")));
    }

    private static void Describe(ResourceBuilder resource, TelemetryIdentity identity)
    {
        resource.AddService(identity.Service, serviceInstanceId: TelemetryIdentity.Instance);
        if (identity.Member is { } member)
        {
            resource.AddAttributes([new("consortium.member", member)]);
        }
    }

    // An endpoint that is set in code is used as it is, so the path of each signal is added here.
    private static void Configure(OtlpExporterOptions exporter, Uri endpoint, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(new Uri(endpoint.ToString().TrimEnd('/') + "/"), path);
    }
}
