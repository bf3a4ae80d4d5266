namespace Consortium.Bench.Rows;

/// <summary>Transfers per second when every transfer touches one account ÷ when they are spread.</summary>
internal sealed class HotAccountRow() : Row("hot")
{
    public override async Task<IReadOnlyList<Figure>> MeasureAsync(BenchSetting setting)
    {
        var silo = await setting.SiloAsync();
        using var hot = await SlicedLoad.PrepareAsync(silo, setting.Load(hotPercent: 100), setting.Scale.Pairs);
        using var spread = await SlicedLoad.PrepareAsync(silo, setting.Load(), setting.Scale.Pairs);
        var pairs = await Turns.RunAsync(setting.Scale.Pairs, hot.RunAsync, spread.RunAsync);
        return
        [
            new Figure(
                "transfers per second that all touch one account ÷ spread over all",
                Spread.Of(pairs.Select(pair => pair.First.PerSecond / pair.Second.PerSecond)),
                0.90,
                AtMost: false,
                Text($"{Median(pairs, pair => pair.First.PerSecond):N0}/s ÷ {Median(pairs, pair => pair.Second.PerSecond):N0}/s")),
        ];
    }
}
