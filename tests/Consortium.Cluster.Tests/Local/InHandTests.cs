using Consortium.Silo.Following;

namespace Consortium.Cluster.Tests.Local;

/// <summary>Before it leaves, a gateway answers the requests that the sequencer of its own process has.</summary>
public sealed class InHandTests
{
    [Fact]
    public async Task Closing_waits_for_what_is_in_hand_and_lets_nothing_in()
    {
        var hand = new InHand();
        Assert.True(hand.TryEnter());
        Assert.True(hand.TryEnter());
        var closed = hand.CloseAsync();
        Assert.False(hand.TryEnter());
        hand.Leave();
        Assert.False(closed.IsCompleted);
        hand.Leave();
        await closed;
    }

    [Fact]
    public async Task With_nothing_in_hand_it_is_closed_at_once() => await new InHand().CloseAsync();
}
