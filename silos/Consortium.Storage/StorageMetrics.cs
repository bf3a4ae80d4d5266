using System.Diagnostics.Metrics;

namespace Consortium.Storage;

/// <summary>What storage counts, under the meter <c>Consortium.Storage</c>.</summary>
internal static class StorageMetrics
{
    public const string MeterName = "Consortium.Storage";

    private static readonly Meter Source = new(MeterName);

    public static Counter<long> JournalAppendedBytes { get; } =
        Source.CreateCounter<long>("consortium.journal.appended", "By", "Bytes of entries appended durably.");

    public static Histogram<double> JournalAppendSeconds { get; } =
        Source.CreateHistogram<double>("consortium.journal.append.duration", "s", "Time until an entry was durable.");

    public static Counter<long> IndexMergedBytes { get; } =
        Source.CreateCounter<long>("consortium.index.merged", "By", "Bytes that merging runs of the ledger index wrote.");
}
