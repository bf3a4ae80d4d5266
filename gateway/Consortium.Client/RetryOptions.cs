namespace Consortium.Client;

/// <summary>Bounds on sending the same bytes again after a lost connection or a refusal that may pass.</summary>
/// <remarks>Sending again is safe: a transaction that was ordered is answered with its first receipt.</remarks>
public sealed class RetryOptions
{
    /// <summary>Attempts in all.</summary>
    /// <value>The default is 8.</value>
    public int AttemptsMax { get; init; } = 8;

    /// <summary>Wait before the second attempt; doubles each time. A Retry-After that is longer wins.</summary>
    /// <value>The default is 100 ms.</value>
    public TimeSpan DelayInitial { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest wait between attempts, even if the gateway asks for more in Retry-After.</summary>
    /// <value>The default is 10 s.</value>
    public TimeSpan DelayMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait after an attempt: doubled each time, and no shorter than the gateway asked for.</summary>
    /// <param name="attempt">1 for the first.</param>
    /// <param name="retryAfter">The wait that the gateway asked for, or <see langword="null"/>.</param>
    /// <returns>At most <see cref="DelayMax"/>.</returns>
    public TimeSpan DelayAfter(int attempt, TimeSpan? retryAfter)
    {
        var delay = DelayInitial;
        for (var i = 1; i < attempt && delay < DelayMax; i++)
        {
            delay += delay;
        }

        delay = retryAfter is { } asked && asked > delay ? asked : delay;
        return delay < DelayMax ? delay : DelayMax;
    }
}
