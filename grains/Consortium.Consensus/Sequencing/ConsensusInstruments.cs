using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Consortium.Consensus.Sequencing;

/// <summary>Traces and metrics of the roles.</summary>
/// <remarks>
/// <para>
/// The steps that one task takes one after another are one instrument, so that their sum is that task's busy time. What happens beside
/// them, or is measured from elsewhere, has an instrument of its own.
/// </para>
/// <para>
/// Spans: a submission has <c>order</c> in its sender's trace. A block is a trace of its own, in which <c>batch</c> (with
/// <c>gather</c>, <c>execute</c>, <c>append</c>, <c>scatter</c>), <c>cut</c>, <c>seal</c> and <c>mine</c> stand; a batch serves many
/// submissions, so it and their <c>order</c> spans are linked.
/// </para>
/// </remarks>
public static class ConsensusInstruments
{
    /// <summary>Name of the activity source and the meter.</summary>
    public const string Name = "Consortium.Consensus";

    internal static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    // An SDK's own boundaries are meant for milliseconds.
    private static readonly InstrumentAdvice<double> Short = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly InstrumentAdvice<double> Long = new()
    {
        HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60, 120, 300, 900],
    };

    private static readonly InstrumentAdvice<int> Sizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000],
    };

    internal static readonly Counter<long> Ordered =
        Meter.CreateCounter<long>("consortium.transactions.ordered", "{transaction}", "Transactions ordered, by outcome.");

    internal static readonly Counter<long> Refused =
        Meter.CreateCounter<long>("consortium.transactions.refused", "{transaction}", "Transactions the sequencer refused, by code.");

    internal static readonly Histogram<double> OrderSeconds =
        Meter.CreateHistogram("consortium.order.duration", "s", "From a submission's arrival at the sequencer to its answer.", tags: null, Short);

    internal static readonly Histogram<int> BatchSize =
        Meter.CreateHistogram("consortium.batch.size", "{transaction}", "Transactions per batch.", tags: null, Sizes);

    internal static readonly Histogram<double> StepSeconds =
        Meter.CreateHistogram("consortium.step.duration", "s", "Time that ordering was busy, by step: gather, execute, append, scatter, cut.", tags: null, Short);

    internal static readonly Counter<long> GatherMisses =
        Meter.CreateCounter<long>("consortium.gather.misses", "{key}", "Keys that were not cached and had to be gathered.");

    internal static readonly Histogram<double> SealSeconds =
        Meter.CreateHistogram("consortium.seal.duration", "s", "From a block's template to the first valid seal.", tags: null, Long);

    internal static readonly Histogram<double> AppendSeconds =
        Meter.CreateHistogram("consortium.journal.append.duration", "s", "Time until the journal answered an append that was written.", tags: null, Short);

    internal static readonly Counter<long> JournalBytes =
        Meter.CreateCounter<long>("consortium.journal.bytes", "By", "Bytes appended to the journal.");

    internal static readonly Counter<long> JournalConflicts =
        Meter.CreateCounter<long>("consortium.journal.conflicts", "{conflict}", "Appends refused because another activation of consensus had written at the position.");

    internal static readonly Counter<long> Activations =
        Meter.CreateCounter<long>("consortium.activations", "{activation}", "Activations of consensus that have recovered and order.");

    internal static readonly UpDownCounter<int> Queue =
        Meter.CreateUpDownCounter<int>("consortium.queue.length", "{transaction}", "Transactions waiting to be ordered.");

    internal static readonly Histogram<double> FinalityLagSeconds =
        Meter.CreateHistogram("consortium.finality.lag", "s", "Age of a block when it became final.", tags: null, Long);

    /// <summary>Begins a span that is not recorded, nor is anything done under it, here or on other silos.</summary>
    /// <remarks>For work that goes on all the time, such as following: its spans would bury those that an operator looks for.</remarks>
    /// <returns>The span, which disposing leaves. It is there also when nobody listens yet: what goes on all the time outlasts that.</returns>
    public static IDisposable SuppressTracing()
    {
        Activity.Current = null;
        return new Activity("unrecorded").Start();
    }

    /// <summary>Starts a span and a timer for one step.</summary>
    internal static Step Start(string step, TimeProvider timeProvider) => new(step, timeProvider, Source.StartActivity(step));

    /// <summary>Starts a span and a timer for one step of another span's.</summary>
    internal static Step Start(string step, TimeProvider timeProvider, Activity? parent) => new(step, timeProvider, StartUnder(step, parent));

    /// <summary>Starts a span under another, which need not be the current one.</summary>
    internal static Activity? StartUnder(string name, Activity? parent) =>
        parent is null ? null : Source.StartActivity(name, ActivityKind.Internal, parent.Context);

    /// <summary>Starts a span of a call to a shard.</summary>
    internal static Activity? StartShard(string name, int shard) =>
        Source.StartActivity(name)?.SetTag("consortium.shard", shard);

    /// <summary>Starts a span that does not become the current one: its end comes elsewhere.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parent">Its parent; <see langword="default"/> stands for the current span.</param>
    internal static Activity? StartDetached(string name, ActivityContext parent)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var current = Activity.Current;
        try
        {
            return Source.StartActivity(name, ActivityKind.Internal, parent);
        }
        finally
        {
            Activity.Current = current;
        }
    }

    /// <summary>Ends such a span, and leaves the current one as it is.</summary>
    internal static void EndDetached(Activity? span)
    {
        if (span is not null)
        {
            // Ending a span makes current what was current when it began.
            var current = Activity.Current;
            span.Dispose();
            Activity.Current = current;
        }
    }

    /// <summary>One step of ordering, recorded as a span and in a histogram of seconds; disposing ends it.</summary>
    internal readonly struct Step(string name, TimeProvider timeProvider, Activity? activity) : IDisposable
    {
        private readonly long _began = timeProvider.GetTimestamp();

        public Activity? Activity => activity;

        public void Dispose()
        {
            StepSeconds.Record(
                timeProvider.GetElapsedTime(_began).TotalSeconds,
                new KeyValuePair<string, object?>("step", name));
            activity?.Dispose();
        }
    }
}
