namespace Consortium.Bench.Rows;

/// <summary>Bytes in the journal's files per byte submitted.</summary>
internal sealed class JournalSizeRow() : Row("journal")
{
    public override async Task<IReadOnlyList<Figure>> MeasureAsync(BenchSetting setting)
    {
        var ledger = await setting.SmallLedgerAsync();
        var slices = new List<(long Journal, long Submitted)>();
        for (var i = 0; i < setting.Scale.Pairs; i++)
        {
            var (journal, submitted) = (ledger.JournalBytes, ledger.SubmittedBytes);
            await ledger.DealAsync(setting.Scale.SliceDeals);
            slices.Add((ledger.JournalBytes - journal, ledger.SubmittedBytes - submitted));
        }

        return
        [
            new Figure(
                "bytes in the journal's files per byte submitted",
                Spread.Of(slices.Select(slice => slice.Journal / (double)slice.Submitted)),
                1.3,
                AtMost: true,
                Text($"{Median(slices, slice => slice.Journal):N0} ÷ {Median(slices, slice => slice.Submitted):N0}")),
        ];
    }
}
