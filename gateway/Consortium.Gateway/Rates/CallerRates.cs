using System.Threading.RateLimiting;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;

namespace Consortium.Gateway.Rates;

/// <summary>Bounds what each caller sends: a token bucket per caller that holds one second's worth.</summary>
internal sealed class CallerRates : IDisposable
{
    private readonly GatewayOptions _options;
    private readonly int _burst;
    private readonly PartitionedRateLimiter<string> _limiter;

    public CallerRates(GatewayOptions options)
    {
        _options = options;

        // A request of the largest size must be able to pass.
        _burst = Math.Max(options.TransactionsPerSecondMax, options.TransactionsPerRequestMax);
        _limiter = PartitionedRateLimiter.Create<string, string>(caller => RateLimitPartition.GetTokenBucketLimiter(
            caller,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = _burst,
                TokensPerPeriod = Math.Max(1, options.TransactionsPerSecondMax / 10),
                ReplenishmentPeriod = TimeSpan.FromMilliseconds(options.TransactionsPerSecondMax < 10 ? 1000.0 / options.TransactionsPerSecondMax : 100),
                QueueLimit = 0,
                AutoReplenishment = true,
            }));
    }

    /// <summary>Takes permits from a caller's bucket, or refuses the request.</summary>
    /// <exception cref="RefusalException">The caller is over its rate.</exception>
    public void Take(string caller, int count)
    {
        // A limiter that has just given its last permit refuses even none.
        if (count == 0)
        {
            return;
        }

        using var lease = _limiter.AttemptAcquire(caller, Math.Min(count, _burst));
        if (!lease.IsAcquired)
        {
            var after = lease.TryGetMetadata(MetadataName.RetryAfter, out var span) ? span : TimeSpan.FromSeconds(1);
            throw new RefusalException(
                Refusal.RateLimited,
                $"{_options.TransactionsPerSecondMax} transactions a second are the most of one caller; nothing of this request was ordered.")
            {
                RetryAfterSeconds = Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)),
            };
        }
    }

    public void Dispose() => _limiter.Dispose();
}
