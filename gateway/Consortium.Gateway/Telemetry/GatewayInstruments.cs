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
        Meter.CreateHistogram(
            "consortium.gateway.submission.size",
            "{transaction}",
            "Transactions per request.",
            tags: null,
            new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000] });

    internal static UpDownCounter<int> EventStreams { get; } =
        Meter.CreateUpDownCounter<int>("consortium.gateway.event_streams", "{stream}", "Event streams that are open.");
}
