using Consortium.Client;

namespace Consortium.Tests.Client;

public sealed class RetryOptionsTests
{
    [Fact]
    public void Delays_double_up_to_a_bound()
    {
        var options = new RetryOptions { DelayInitial = TimeSpan.FromMilliseconds(100), DelayMax = TimeSpan.FromSeconds(1) };
        Assert.Equal([100, 200, 400, 800, 1000, 1000], Enumerable.Range(1, 6).Select(attempt => (int)options.DelayAfter(attempt, null).TotalMilliseconds));
    }

    [Fact]
    public void A_longer_retry_after_wins_within_the_bound()
    {
        var options = new RetryOptions { DelayMax = TimeSpan.FromSeconds(5) };
        Assert.Equal(TimeSpan.FromSeconds(2), options.DelayAfter(1, TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.FromSeconds(5), options.DelayAfter(1, TimeSpan.FromHours(1)));
    }
}
