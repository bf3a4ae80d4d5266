using System.Diagnostics;
using System.Security.Cryptography;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Work;

namespace Consortium.Bench.Rows;

/// <summary>Header hashes of the miner's search beside a bare double SHA-256 over as many bytes.</summary>
internal sealed class HashRow() : Row("hashes")
{
    public override async Task<IReadOnlyList<Figure>> MeasureAsync(BenchSetting setting)
    {
        Bare(TimeSpan.FromSeconds(0.2));
        Search(TimeSpan.FromSeconds(0.2));
        var pairs = await Turns.RunAsync(
            setting.Scale.Pairs,
            () => Task.FromResult(Search(setting.Scale.FloorSlice / 2)),
            () => Task.FromResult(Bare(setting.Scale.FloorSlice / 2)));
        return
        [
            new Figure(
                "header hashes per second per core ÷ a bare double SHA-256 loop",
                Spread.Of(pairs.Select(pair => pair.First / pair.Second)),
                0.90,
                AtMost: false,
                Text($"{Median(pairs, pair => pair.First):N0}/s ÷ {Median(pairs, pair => pair.Second):N0}/s")),
        ];
    }

    private static double Bare(TimeSpan duration)
    {
        var header = new byte[BlockHeader.Size];
        Span<byte> hash = stackalloc byte[32];
        var began = Stopwatch.GetTimestamp();
        long count = 0;
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            for (var i = 0; i < 1_000; i++)
            {
                header[^1] = (byte)(i & 0xff);
                SHA256.HashData(header, hash);
                SHA256.HashData(hash, hash);
            }

            count += 1_000;
        }

        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static double Search(TimeSpan duration)
    {
        var search = new NonceSearch(new byte[BlockHeader.Size], BlockHeader.NonceOffset, Target.Hardest);
        var began = Stopwatch.GetTimestamp();
        ulong count = 0;
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            search.TryFind(count, 1_000, out _);
            count += 1_000;
        }

        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
