using System.Diagnostics;

namespace Consortium.Bench.Rows;

/// <summary>Time until a silo is ready that starts over a long journal.</summary>
internal sealed class RestartRow() : Row("restart")
{
    public override async Task<IReadOnlyList<Figure>> MeasureAsync(BenchSetting setting)
    {
        var ledger = await setting.SmallLedgerAsync();
        while (ledger.Deals < setting.Scale.RestartDeals)
        {
            await ledger.DealAsync((int)Math.Min(setting.Scale.SliceDeals, setting.Scale.RestartDeals - ledger.Deals));
        }

        var seconds = new List<double>();
        for (var i = 0; i < setting.Scale.Pairs; i++)
        {
            await ledger.StopAsync();
            var began = Stopwatch.GetTimestamp();
            await ledger.StartAsync();
            seconds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        return
        [
            new Figure(
                Text($"restart with {setting.Scale.RestartDeals:N0} deals in the journal, s"),
                Spread.Of(seconds),
                5,
                AtMost: true,
                "until it serves, from a snapshot"),
        ];
    }
}
