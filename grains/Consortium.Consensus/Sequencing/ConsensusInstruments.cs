using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Consortium.Consensus.Sequencing;

/// <summary>Traces and metrics of the roles.</summary>
public static class ConsensusInstruments
{
    /// <summary>Name of the activity source and the meter.</summary>
    public const string Name = "Consortium.Consensus";

    internal static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    internal static readonly Counter<long> Ordered =
        Meter.CreateCounter<long>("consortium.transactions.ordered", "{transaction}", "Transactions ordered, by outcome.");

    internal static readonly Counter<long> Refused =
        Meter.CreateCounter<long>("consortium.transactions.refused", "{transaction}", "Transactions the sequencer refused, by code.");

    internal static readonly Histogram<int> BatchSize =
        Meter.CreateHistogram<int>("consortium.batch.size", "{transaction}", "Transactions per batch.");

    internal static readonly Histogram<double> StepSeconds =
        Meter.CreateHistogram<double>("consortium.step.duration", "s", "Time of each step: gather, execute, journal, scatter, cut, seal.");

    internal static readonly Counter<long> GatherMisses =
        Meter.CreateCounter<long>("consortium.gather.misses", "{key}", "Keys that were not cached and had to be gathered.");

    internal static readonly Counter<long> JournalBytes =
        Meter.CreateCounter<long>("consortium.journal.bytes", "By", "Bytes appended to the journal.");

    /// <summary>Activations of the consensus role that have recovered.</summary>
    public static readonly Counter<long> Activations =
        Meter.CreateCounter<long>("consortium.activations", "{activation}", "Activations of consensus that have recovered and order.");

    internal static readonly UpDownCounter<int> Queue =
        Meter.CreateUpDownCounter<int>("consortium.queue.length", "{transaction}", "Transactions waiting to be ordered.");

    internal static readonly Histogram<double> FinalityLagSeconds =
        Meter.CreateHistogram<double>("consortium.finality.lag", "s", "Age of a block when it became final.");

    /// <summary>Starts a span and a timer for one step.</summary>
    internal static Step Start(string step, TimeProvider timeProvider) => new(step, timeProvider);

    /// <summary>One step; disposing ends it.</summary>
    internal readonly struct Step(string name, TimeProvider timeProvider) : IDisposable
    {
        private readonly Activity? _activity = Source.StartActivity(name);
        private readonly long _began = timeProvider.GetTimestamp();

        public void Dispose()
        {
            StepSeconds.Record(
                timeProvider.GetElapsedTime(_began).TotalSeconds,
                new KeyValuePair<string, object?>("step", name));
            _activity?.Dispose();
        }
    }
}
