using System.Diagnostics;
using System.Security.Cryptography;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Work;

namespace Consortium.Bench;

/// <summary>Header hashes of the miner's search beside a bare double SHA-256 over as many bytes.</summary>
internal static class HashBench
{
    public static BenchRow Run(TimeSpan duration)
    {
        Bare(TimeSpan.FromSeconds(0.2));
        Search(TimeSpan.FromSeconds(0.2));

        // Turn about, so that a machine that slows down slows both.
        double bare = 0, search = 0;
        const int Rounds = 6;
        for (var i = 0; i < Rounds; i++)
        {
            bare += Bare(duration / Rounds) / Rounds;
            search += Search(duration / Rounds) / Rounds;
        }

        return new BenchRow(
            "header hashes per second per core ÷ a bare double SHA-256 loop",
            search / bare,
            0.90,
            AtMost: false,
            $"{search:N0}/s ÷ {bare:N0}/s");
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
