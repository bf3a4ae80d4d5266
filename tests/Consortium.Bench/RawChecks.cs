using System.Security.Cryptography;
using Consortium.Ledger.Signatures;

namespace Consortium.Bench;

/// <summary>Raw P-256 checks with cached keys on all cores: the floor that everything else is compared with.</summary>
internal sealed class RawChecks
{
    private const int Keys = 256;

    private readonly P256VerifierCache _cache = new();
    private readonly byte[] _message = RandomNumberGenerator.GetBytes(250);
    private readonly (byte[] Key, byte[] Signature)[] _signed;
    private bool _warm;

    public RawChecks() => _signed =
    [
        .. Enumerable.Range(0, Keys).Select(_ =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return (Key: P256.PublicKeyOf(key), Signature: P256.Sign(key, _message));
        }),
    ];

    /// <summary>Checks for a while.</summary>
    public async Task<RawCheck> MeasureAsync(TimeSpan duration)
    {
        if (!_warm)
        {
            await RunAsync(TimeSpan.FromSeconds(0.5));
            _warm = true;
        }

        var count = 0L;
        var (seconds, cpuSeconds) = await Measure.RunAsync(async () => count = await RunAsync(duration));
        return new RawCheck(count / seconds, cpuSeconds / count);
    }

    private async Task<long> RunAsync(TimeSpan duration)
    {
        using var stop = new CancellationTokenSource(duration);
        var counts = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(() =>
        {
            var count = 0L;
            while (!stop.IsCancellationRequested)
            {
                var (key, signature) = _signed[count % Keys];
                if (!_cache.Verify(key, _message, signature))
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
