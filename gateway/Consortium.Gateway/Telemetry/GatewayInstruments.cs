using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Consortium.Gateway.Telemetry;

/// <summary>Traces and metrics of the gateway.</summary>
public static class GatewayInstruments
{
    /// <summary>Name of the activity source and the meter.</summary>
    public const string Name = "Consortium.Gateway";

    private static readonly Meter Meter = new(Name);

    internal static ActivitySource Source { get; } = new(Name);

    internal static Counter<long> Refused { get; } =
        Meter.CreateCounter<long>("consortium.gateway.refused", "{transaction}", "Transactions the gateway refused, by code.");

    internal static Histogram<int> SubmissionSize { get; } =
        Meter.CreateHistogram<int>("consortium.gateway.submission.size", "{transaction}", "Transactions per request.");

    internal static UpDownCounter<int> EventStreams { get; } =
        Meter.CreateUpDownCounter<int>("consortium.gateway.event_streams", "{stream}", "Event streams that are open.");
}
