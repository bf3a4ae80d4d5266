namespace Consortium.Bench.Rows;

/// <summary>Three silos of one machine and one silo on the same machine, under the same load.</summary>
internal sealed class ClusterRow() : Row("cluster")
{
    public override async Task<IReadOnlyList<Figure>> MeasureAsync(BenchSetting setting)
    {
        // Both run all the time: what an idle silo takes is little, and a start between two slices would take its time from neither.
        using var cluster = ClusterProcesses.Start(setting.NewFolder());
        using var three = await SlicedLoad.PrepareAsync(cluster, setting.Load(twoParty: true), setting.Scale.Pairs);
        using var one = await SlicedLoad.PrepareAsync(await setting.SiloAsync(), setting.Load(twoParty: true), setting.Scale.Pairs);
        var pairs = await Turns.RunAsync(setting.Scale.Pairs, three.RunAsync, one.RunAsync);
        return
        [
            new Figure(
                "deals per second on three silos of one machine ÷ on one silo",
                Spread.Of(pairs.Select(pair => pair.First.PerSecond / pair.Second.PerSecond)),
                0.6,
                AtMost: false,
                Text($"{Median(pairs, pair => pair.First.PerSecond):N0}/s ÷ {Median(pairs, pair => pair.Second.PerSecond):N0}/s")),
            new Figure(
                "processor time per deal on three silos ÷ on one silo",
                Spread.Of(pairs.Select(pair => pair.First.CpuSeconds / pair.Second.CpuSeconds)),
                1.6,
                AtMost: true,
                Text($"{Median(pairs, pair => pair.First.CpuSeconds) * 1e6:N0} µs ÷ {Median(pairs, pair => pair.Second.CpuSeconds) * 1e6:N0} µs")),
        ];
    }
}
