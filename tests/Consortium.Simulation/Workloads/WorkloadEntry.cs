namespace Consortium.Simulation.Workloads;

/// <summary>A workload with the range of its weight in a run.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="WeightMin">Least weight; not 0, so that every run has every kind.</param>
/// <param name="WeightMax">Greatest weight.</param>
internal sealed record WorkloadEntry(IWorkload Workload, int WeightMin, int WeightMax);
