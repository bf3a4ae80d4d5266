using System.Security.Cryptography;
using Consortium.Ledger.Signatures;

namespace Consortium.Bench;

/// <summary>Raw P-256 checks with cached keys on all cores: the floor that everything else is compared with.</summary>
/// <param name="PerSecond">Checks a second on all cores together.</param>
/// <param name="CpuSeconds">Processor time of one check.</param>
internal sealed record RawChecks(double PerSecond, double CpuSeconds)
{
    private const int Keys = 256;

    public static async Task<RawChecks> MeasureAsync(TimeSpan duration)
    {
        var cache = new P256VerifierCache();
        var message = RandomNumberGenerator.GetBytes(250);
        var signed = Enumerable.Range(0, Keys).Select(_ =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return (Key: P256.PublicKeyOf(key), Signature: P256.Sign(key, message));
        }).ToArray();
        await RunAsync(cache, message, signed, TimeSpan.FromSeconds(0.5));
        var count = 0L;
        var (seconds, cpuSeconds) = await Measure.RunAsync(async () => count = await RunAsync(cache, message, signed, duration));
        return new RawChecks(count / seconds, cpuSeconds / count);
    }

    private static async Task<long> RunAsync(
        P256VerifierCache cache,
        byte[] message,
        (byte[] Key, byte[] Signature)[] signed,
        TimeSpan duration)
    {
        using var stop = new CancellationTokenSource(duration);
        var counts = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(() =>
        {
            var count = 0L;
            while (!stop.IsCancellationRequested)
            {
                var (key, signature) = signed[count % Keys];
                if (!cache.Verify(key, message, signature))
                {
                    throw new InvalidOperationException("A good signature was refused.");
                }

                count++;
            }

            return count;
        })));
        return counts.Sum();
    }
}
