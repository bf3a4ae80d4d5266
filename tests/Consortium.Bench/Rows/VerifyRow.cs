using System.Diagnostics;
using Consortium.Client.Verification;

namespace Consortium.Bench.Rows;

/// <summary>Signatures verified per second from an export ÷ the signature checks that all cores manage per second.</summary>
internal sealed class VerifyRow() : Row("verify")
{
    public override async Task<IReadOnlyList<Figure>> MeasureAsync(BenchSetting setting)
    {
        var file = await ExportAsync(setting);
        var pairs = await Turns.RunAsync(setting.Scale.Pairs, () => VerifyAsync(file), setting.RawAsync);
        return
        [
            new Figure(
                "signatures per second of verifying an export ÷ raw P-256 checks per second",
                Spread.Of(pairs.Select(pair => pair.First.PerSecond / pair.Second.PerSecond)),
                0.80,
                AtMost: false,
                Text($"{Median(pairs, pair => pair.First.PerSecond):N0}/s ÷ {Median(pairs, pair => pair.Second.PerSecond):N0}/s over {pairs[0].First.Signatures:N0} signatures")),
        ];
    }

    // The silo is stopped before the export is verified, so that it does not take the verifier's time.
    private static async Task<string> ExportAsync(BenchSetting setting)
    {
        using var silo = await SiloUnderLoad.StartAsync(setting.NewFolder());
        using var load = await SlicedLoad.PrepareAsync(silo, setting.Load(twoParty: true), slices: 1);
        await load.RunAsync();
        var file = Path.Combine(silo.DataPath, "export.bin");
        using var client = silo.Connect(1);
        await using var export = await client.ExportAsync(to: null, CancellationToken.None);
        await using var target = File.Create(file);
        await export.CopyToAsync(target);
        return file;
    }

    private static async Task<(double PerSecond, long Signatures)> VerifyAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        var began = Stopwatch.GetTimestamp();
        var report = await ChainFile.VerifyAsync(stream, new ChainVerificationOptions(), progress: null, CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return report.Fault is null
            ? (report.SignatureCount / seconds, report.SignatureCount)
            : throw new InvalidOperationException($"The export does not verify: {report.Fault}");
    }
}
