namespace Consortium.Tests.Simulation.Engine;

public sealed class SimulatedClockTests
{
    private readonly World _world = new();

    [Fact]
    public void It_shows_virtual_time_from_the_epoch_on()
    {
        var clock = _world.Process("a").Clock;
        _world.RunFor(TimeSpan.FromSeconds(90));

        Assert.Equal(World.Epoch.AddSeconds(90), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(90), clock.GetElapsedTime(0));
    }

    [Fact]
    public void A_jump_moves_the_wall_clock_and_neither_timestamps_nor_timers()
    {
        var process = _world.Process("a");
        process.Start(async () =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), process.Clock);
            _world.See("waited");
        });
        _world.RunFor(TimeSpan.FromMilliseconds(10));
        process.Clock.Jump(TimeSpan.FromHours(-1));
        var stamp = process.Clock.GetTimestamp();
        _world.RunFor(TimeSpan.FromMilliseconds(990));

        Assert.Equal(World.Epoch.AddHours(-1).AddSeconds(1), process.Clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromMilliseconds(990), process.Clock.GetElapsedTime(stamp));
        Assert.Equal(["50 waited"], _world.Seen);
    }

    [Fact]
    public void Drift_moves_everything_from_then_on()
    {
        var process = _world.Process("a");
        _world.RunFor(TimeSpan.FromSeconds(10));
        process.Clock.DriftPerMillion = 100_000;
        process.Start(async () =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1_100), process.Clock);
            _world.See("waited");
        });
        _world.RunFor(TimeSpan.FromSeconds(10));
        process.Clock.DriftPerMillion = -100_000;
        _world.RunFor(TimeSpan.FromSeconds(10));

        Assert.Equal(World.Epoch.AddSeconds(10 + 11 + 9), process.Clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(30), process.Clock.GetElapsedTime(0));
        Assert.Equal(["11000 waited"], _world.Seen);
    }

    [Fact]
    public void A_timer_repeats_until_changed_and_is_silent_when_disposed()
    {
        var process = _world.Process("a");
        var timer = process.Clock.CreateTimer(
            state => _world.See($"{state} {SynchronizationContext.Current}"),
            "tick",
            TimeSpan.FromMilliseconds(5),
            TimeSpan.FromMilliseconds(10));
        _world.RunFor(TimeSpan.FromMilliseconds(30));
        Assert.Equal(["5 tick a", "15 tick a", "25 tick a"], _world.Seen);

        _world.Seen.Clear();
        Assert.True(timer.Change(TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan));
        _world.RunFor(TimeSpan.FromMilliseconds(30));
        Assert.Equal(["31 tick a"], _world.Seen);

        timer.Change(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));
        timer.Dispose();
        _world.RunFor(TimeSpan.FromMilliseconds(30));
        Assert.Equal(["31 tick a"], _world.Seen);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public void A_timer_stopped_after_falling_due_does_not_fire()
    {
        var process = _world.Process("a");
        ITimer? second = null;
        using var first = process.Clock.CreateTimer(_ => second!.Dispose(), null, TimeSpan.FromMilliseconds(5), Timeout.InfiniteTimeSpan);
        second = process.Clock.CreateTimer(_ => _world.See("fired"), null, TimeSpan.FromMilliseconds(5), Timeout.InfiniteTimeSpan);
        _world.RunFor(TimeSpan.FromMilliseconds(30));

        Assert.Empty(_world.Seen);
    }
}
