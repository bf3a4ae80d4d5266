namespace Consortium.Bench.Rows;

/// <summary>Acknowledged transfers per second ÷ the signature checks that all cores manage per second.</summary>
internal sealed class TransferRow() : Row("transfers")
{
    public override async Task<IReadOnlyList<Figure>> MeasureAsync(BenchSetting setting)
    {
        var options = setting.Load();
        using var load = await SlicedLoad.PrepareAsync(await setting.SiloAsync(), options, setting.Scale.Pairs);
        var pairs = await Turns.RunAsync(setting.Scale.Pairs, load.RunAsync, setting.RawAsync);
        return
        [
            new Figure(
                "durable one-signature transfers per second over HTTP ÷ raw P-256 checks per second",
                Spread.Of(pairs.Select(pair => pair.First.PerSecond / pair.Second.PerSecond)),
                0.50,
                AtMost: false,
                Text($"{Median(pairs, pair => pair.First.PerSecond):N0}/s ÷ {Median(pairs, pair => pair.Second.PerSecond):N0}/s, {options.BatchSize} a request, {options.Connections} connections, {options.Accounts:N0} accounts")),
        ];
    }
}
