using Consortium.Client.Load;

namespace Consortium.Bench.Rows;

/// <summary>Time until acknowledgement at half the load that the silo can take at that moment.</summary>
internal sealed class LatencyRow() : Row("latency")
{
    public override async Task<IReadOnlyList<Figure>> MeasureAsync(BenchSetting setting)
    {
        var silo = await setting.SiloAsync();
        using var full = await SlicedLoad.PrepareAsync(silo, setting.Load(), setting.Scale.Pairs);
        var rate = 0;
        var pairs = await Turns.RunAsync(
            setting.Scale.Pairs,
            async () => rate = Math.Max(1, (int)((await full.RunAsync()).PerSecond / 2)),
            async () =>
            {
                // A process that has just started compiles its code and meets every account's key for the first time.
                await silo.RestartAsync();
                return await HalfLoadAsync(silo, setting, rate);
            });
        return
        [
            new Figure(
                Text($"acknowledged p99 at half that load after the first {setting.Scale.WarmUp.TotalSeconds:0} s, ms"),
                Spread.Of(pairs.Select(pair => pair.Second.LatencyP99.TotalMilliseconds)),
                40,
                AtMost: true,
                Text($"p50 {Median(pairs, pair => pair.Second.LatencyP50.TotalMilliseconds):N1} ms at {Median(pairs, pair => pair.Second.PerSecond):N0}/s")),
            new Figure(
                "acknowledged p99 at half that load over the whole run, which begins when the silo is ready, ms",
                Spread.Of(pairs.Select(pair => pair.Second.LatencyP99Whole.TotalMilliseconds)),
                100,
                AtMost: true,
                Text($"{setting.Scale.HalfLoad.TotalSeconds:0} s, in which the gateway meets {setting.Scale.Accounts:N0} new keys")),
        ];
    }

    private static async Task<LoadResult> HalfLoadAsync(SiloUnderLoad silo, BenchSetting setting, int rate)
    {
        var slice = setting.Load();
        var options = new LoadOptions
        {
            Accounts = slice.Accounts,
            Connections = slice.Connections,
            BatchSize = slice.BatchSize,
            Duration = setting.Scale.HalfLoad,
            WarmUp = setting.Scale.WarmUp,
            Rate = rate,
        };
        using var client = silo.Connect(options.Connections);
        return SlicedLoad.RequireWhole(
            await new LoadGenerator(client, TimeProvider.System).RunAsync(options, silo.Custodian, progress: null, CancellationToken.None));
    }
}
