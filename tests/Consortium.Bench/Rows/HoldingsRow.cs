namespace Consortium.Bench.Rows;

/// <summary>The cost of a deal among a hundred times as many holdings ÷ the cost among few; each with its two checks of signatures.</summary>
internal sealed class HoldingsRow() : Row("holdings")
{
    private const int Times = 100;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(BenchSetting setting)
    {
        var deals = setting.Scale.SliceDeals;
        var small = await setting.SmallLedgerAsync();
        await using var large = await setting.NewLedgerAsync(setting.Scale.SmallAccounts * Times);
        var pairs = await Turns.RunAsync(
            setting.Scale.Pairs,
            () => large.DealAsync(deals),
            async () => (Ledger: await small.DealAsync(deals), Checks: 2 * (await setting.RawAsync()).CpuSeconds));
        var (many, few) = (setting.Scale.SmallAccounts * Times * 10, setting.Scale.SmallAccounts * 10);
        var checks = Median(pairs, pair => pair.Second.Checks) * 1e6;
        return
        [
            new Figure(
                Text($"cost per deal with {many:N0} holdings ÷ with {few:N0}, its two checks included"),
                Spread.Of(pairs.Select(pair => (pair.First + pair.Second.Checks) / (pair.Second.Ledger + pair.Second.Checks))),
                1.5,
                AtMost: true,
                Text($"{Median(pairs, pair => pair.First) * 1e6:N0} + {checks:N0} µs ÷ {Median(pairs, pair => pair.Second.Ledger) * 1e6:N0} + {checks:N0} µs of processor time, ledger + checks")),
        ];
    }
}
