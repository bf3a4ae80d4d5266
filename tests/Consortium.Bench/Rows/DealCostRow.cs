namespace Consortium.Bench.Rows;

/// <summary>The server's processor time per deal ÷ the cost of checking the deal's two signatures.</summary>
internal sealed class DealCostRow() : Row("deal-cost")
{
    public override async Task<IReadOnlyList<Figure>> MeasureAsync(BenchSetting setting)
    {
        using var load = await SlicedLoad.PrepareAsync(await setting.SiloAsync(), setting.Load(twoParty: true), setting.Scale.Pairs);
        var pairs = await Turns.RunAsync(setting.Scale.Pairs, load.RunAsync, setting.RawAsync);
        return
        [
            new Figure(
                "server CPU per two-party, two-asset deal ÷ CPU of its two P-256 checks",
                Spread.Of(pairs.Select(pair => pair.First.CpuSeconds / (2 * pair.Second.CpuSeconds))),
                1.9,
                AtMost: true,
                Text($"{Median(pairs, pair => pair.First.CpuSeconds) * 1e6:N0} µs ÷ {Median(pairs, pair => pair.Second.CpuSeconds) * 2e6:N0} µs at {Median(pairs, pair => pair.First.PerSecond):N0} deals/s")),
        ];
    }
}
