using System.Diagnostics.Metrics;

namespace Consortium.Storage;

/// <summary>Metrics of storage. The sequencer measures its appends to the journal itself.</summary>
public static class StorageMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Consortium.Storage";

    private static readonly Meter Source = new(MeterName);

    internal static Counter<long> IndexMergedBytes { get; } =
        Source.CreateCounter<long>("consortium.index.merged", "By", "Bytes that merging runs of the ledger index wrote.");
}
