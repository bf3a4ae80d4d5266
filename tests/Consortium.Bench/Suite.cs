using System.Diagnostics;
using System.Globalization;
using Consortium.Client.Load;
using Consortium.Client.Verification;

namespace Consortium.Bench;

/// <summary>All figures, one after another, each beside what it is compared with.</summary>
internal static class Suite
{
    private const int SpreadAccounts = 10_000;
    private static readonly TimeSpan LoadTime = TimeSpan.FromSeconds(15);

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(Action<string> progress)
    {
        var folder = Directory.CreateTempSubdirectory("consortium-bench-").FullName;
        try
        {
            var rows = new List<BenchRow>();
            progress("header hashes …");
            Add([HashBench.Run(TimeSpan.FromSeconds(6))]);
            progress("raw P-256 checks …");
            var raw = await RawChecks.MeasureAsync(TimeSpan.FromSeconds(5));
            progress($"  {raw.PerSecond:N0}/s on all cores, {raw.CpuSeconds * 1e6:N0} µs of processor time each");
            Add(await HttpAsync(Path.Combine(folder, "http"), raw, progress));
            Add(await LedgerAsync(folder, raw, progress));
            return rows;

            void Add(IReadOnlyList<BenchRow> measured)
            {
                rows.AddRange(measured);
                foreach (var row in measured)
                {
                    progress(Text($"  {row.Name}: {row.Value:0.00} ({row.Detail})"));
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<BenchRow>> HttpAsync(string folder, RawChecks raw, Action<string> progress)
    {
        using var gateway = await SiloUnderLoad.StartAsync(folder);
        progress("deals of two parties and two assets over HTTP …");
        var deals = await HttpLoad.RunAsync(gateway, Options(twoParty: true));
        var cpuPerDeal = deals.ServerCpuSeconds / deals.Result.Committed;
        progress("transfers over HTTP …");
        var spread = await HttpLoad.RunAsync(gateway, Options());
        progress("transfers over HTTP, every one on the same account …");
        var hot = await HttpLoad.RunAsync(gateway, Options(hotPercent: 100));
        progress("transfers over HTTP at half that rate …");
        var half = await HttpLoad.RunAsync(gateway, Options(rate: (int)(spread.Result.PerSecond / 2)));
        progress("verifying the export …");
        var verify = await VerifyAsync(gateway);

        // The floor is measured again after the load, because a shared machine's speed drifts.
        var rawAfter = await RawChecks.MeasureAsync(TimeSpan.FromSeconds(5));
        var perSecond = (raw.PerSecond + rawAfter.PerSecond) / 2;
        var twoChecks = raw.CpuSeconds + rawAfter.CpuSeconds;
        return
        [
            new BenchRow(
                "server CPU per two-party, two-asset deal ÷ CPU of its two P-256 checks",
                cpuPerDeal / twoChecks,
                2.0,
                AtMost: true,
                Text($"{cpuPerDeal * 1e6:N0} µs ÷ {twoChecks * 1e6:N0} µs at {deals.Result.PerSecond:N0} deals/s")),
            new BenchRow(
                "durable one-signature transfers per second over HTTP ÷ raw P-256 checks per second",
                spread.Result.PerSecond / perSecond,
                0.50,
                AtMost: false,
                Text($"{spread.Result.PerSecond:N0}/s ÷ {perSecond:N0}/s, {Options().BatchSize} a request, {Options().Connections} connections, {SpreadAccounts:N0} accounts")),
            new BenchRow(
                "the same with every transfer touching one account ÷ spread",
                hot.Result.PerSecond / spread.Result.PerSecond,
                0.90,
                AtMost: false,
                Text($"{hot.Result.PerSecond:N0}/s ÷ {spread.Result.PerSecond:N0}/s")),
            new BenchRow(
                "acknowledged p99 at half that load, ms",
                half.Result.LatencyP99.TotalMilliseconds,
                50,
                AtMost: true,
                Text($"after 5 s, p50 {half.Result.LatencyP50.TotalMilliseconds:N1} ms, p99 {half.Result.LatencyP99.TotalMilliseconds:N1} ms at {half.Result.PerSecond:N0}/s")),
            new BenchRow(
                "verify of an export ÷ raw P-256 checks per second",
                verify.PerSecond / perSecond,
                0.80,
                AtMost: false,
                Text($"{verify.PerSecond:N0} signatures/s ÷ {perSecond:N0}/s over {verify.Signatures:N0} signatures")),
        ];
    }

    private static LoadOptions Options(bool twoParty = false, int hotPercent = 0, int? rate = null) => new()
    {
        Accounts = SpreadAccounts,
        Duration = LoadTime,
        Connections = 16,
        BatchSize = 64,
        TwoParty = twoParty,
        HotPercent = hotPercent,
        Rate = rate,
        WarmUp = TimeSpan.FromSeconds(5),
    };

    private static async Task<(double PerSecond, long Signatures)> VerifyAsync(SiloUnderLoad gateway)
    {
        var file = Path.Combine(gateway.DataPath, "export.bin");
        using (var client = gateway.Connect(1))
        {
            await using var export = await client.ExportAsync(to: null, CancellationToken.None);
            await using var target = File.Create(file);
            await export.CopyToAsync(target);
        }

        // The gateway goes on sealing; it must not take the verifier's time.
        gateway.Kill();
        await using var stream = File.OpenRead(file);
        var began = Stopwatch.GetTimestamp();
        var report = await ChainFile.VerifyAsync(stream, new ChainVerificationOptions(), progress: null, CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return report.Fault is null
            ? (report.SignatureCount / seconds, report.SignatureCount)
            : throw new InvalidOperationException($"The export does not verify: {report.Fault}");
    }

    private static async Task<IReadOnlyList<BenchRow>> LedgerAsync(string folder, RawChecks raw, Action<string> progress)
    {
        const int Deals = 200_000;
        progress("1,000,000 holdings …");
        double large;
        await using (var ledger = new LedgerBench(Path.Combine(folder, "large")))
        {
            await ledger.StartAsync();
            await ledger.FillAsync(accounts: 100_000, assets: 10);
            large = await CostAsync(ledger, Deals);
        }

        progress("10,000 holdings, and 1,000,000 deals in the journal …");
        await using var small = new LedgerBench(Path.Combine(folder, "small"));
        await small.StartAsync();
        await small.FillAsync(accounts: 1_000, assets: 10);
        var smallCost = await CostAsync(small, Deals);
        for (var i = 0; i < 4; i++)
        {
            await small.DealAsync(Deals);
        }

        await small.StopAsync();
        var journal = small.JournalBytes / (double)small.SubmittedBytes;
        progress("restart …");
        var began = Stopwatch.GetTimestamp();
        await small.StartAsync();
        var restart = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return
        [
            new BenchRow(
                "cost per deal with 1,000,000 holdings ÷ with 10,000, its two checks included",
                (large + (2 * raw.CpuSeconds)) / (smallCost + (2 * raw.CpuSeconds)),
                1.5,
                AtMost: true,
                Text($"{large * 1e6:N0} + {raw.CpuSeconds * 2e6:N0} µs ÷ {smallCost * 1e6:N0} + {raw.CpuSeconds * 2e6:N0} µs of processor time, ledger + checks")),
            new BenchRow(
                "bytes in the journal's file per byte submitted",
                journal,
                1.3,
                AtMost: true,
                Text($"{small.JournalBytes:N0} ÷ {small.SubmittedBytes:N0}")),
            new BenchRow(
                "restart with 1,000,000 deals in the journal, s",
                restart,
                5,
                AtMost: true,
                Text($"{restart:N2} s to ready, from a snapshot")),
        ];
    }

    // The first deals warm caches and code; the second half is counted.
    private static async Task<double> CostAsync(LedgerBench ledger, int deals)
    {
        await ledger.DealAsync(deals / 2);
        return await ledger.DealAsync(deals / 2);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
