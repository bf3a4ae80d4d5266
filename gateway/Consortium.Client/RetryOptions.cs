namespace Consortium.Client;

/// <summary>How often the same bytes are sent again after a refusal that may pass, or a lost connection.</summary>
/// <remarks>Sending again is safe: a transaction that was ordered is answered with its first receipt.</remarks>
public sealed class RetryOptions
{
    /// <summary>Attempts in all.</summary>
    /// <value>The default is 8.</value>
    public int AttemptsMax { get; init; } = 8;

    /// <summary>Wait before the second attempt; doubles each time. A Retry-After that is longer wins.</summary>
    /// <value>The default is 100 ms.</value>
    public TimeSpan DelayInitial { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest wait between attempts, whatever Retry-After says.</summary>
    /// <value>The default is 10 s.</value>
    public TimeSpan DelayMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait after an attempt.</summary>
    /// <param name="attempt">1 for the first.</param>
    /// <param name="retryAfter">What the gateway asked for, or <see langword="null"/>.</param>
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
