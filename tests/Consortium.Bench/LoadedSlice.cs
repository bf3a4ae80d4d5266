namespace Consortium.Bench;

/// <summary>The result of one slice of load.</summary>
/// <param name="Committed">Transactions acknowledged.</param>
/// <param name="PerSecond">Transactions acknowledged per second.</param>
/// <param name="CpuSeconds">Processor time of the silos for each of them, sealing included.</param>
internal readonly record struct LoadedSlice(long Committed, double PerSecond, double CpuSeconds);
