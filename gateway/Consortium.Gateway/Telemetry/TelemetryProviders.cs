using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Consortium.Gateway.Telemetry;

/// <summary>Builds the providers with the host, and sends what is left when it stops.</summary>
internal sealed class TelemetryProviders(TracerProvider traces, MeterProvider metrics) : IHostedService
{
    private const int FlushMs = 5_000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        traces.ForceFlush(FlushMs);
        metrics.ForceFlush(FlushMs);
        return Task.CompletedTask;
    }
}
