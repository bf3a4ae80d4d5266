using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Workloads;

/// <summary>The weights that one run drew.</summary>
internal sealed class WorkloadMix
{
    private readonly IWorkload[] _workloads;
    private readonly int[] _bounds;
    private readonly int _sum;

    private WorkloadMix(IWorkload[] workloads, int[] bounds, int sum) => (_workloads, _bounds, _sum) = (workloads, bounds, sum);

    public static WorkloadMix Draw(IReadOnlyList<WorkloadEntry> entries, SeededRandom random)
    {
        var (workloads, bounds, sum) = (new IWorkload[entries.Count], new int[entries.Count], 0);
        for (var i = 0; i < entries.Count; i++)
        {
            sum += entries[i].WeightMin + random.Next(entries[i].WeightMax - entries[i].WeightMin + 1);
            (workloads[i], bounds[i]) = (entries[i].Workload, sum);
        }

        return new WorkloadMix(workloads, bounds, sum);
    }

    public IWorkload Pick(SeededRandom random)
    {
        var (drawn, i) = (random.Next(_sum), 0);
        while (drawn >= _bounds[i])
        {
            i++;
        }

        return _workloads[i];
    }
}
