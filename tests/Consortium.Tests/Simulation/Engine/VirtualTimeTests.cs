using System.Diagnostics;
using Consortium.Simulation.Engine;

namespace Consortium.Tests.Simulation.Engine;

public sealed class VirtualTimeTests
{
    private readonly World _world = new();

    [Fact]
    public void Work_runs_in_the_order_it_was_posted_and_timers_in_the_order_they_are_due()
    {
        var process = _world.Process("a");
        foreach (var (name, delay) in new[] { ("late", 30), ("first at 20", 20), ("second at 20", 20), ("early", 10) })
        {
            _world.Time.PostAfter(delay * TimeSpan.TicksPerMillisecond, process, _ => _world.See(name), null);
        }

        process.Post(_ => _world.See("one"), null);
        process.Post(_ => _world.See("two"), null);
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(["0 one", "0 two", "10 early", "20 first at 20", "20 second at 20", "30 late"], _world.Seen);
        Assert.Equal(TimeSpan.FromSeconds(1), _world.Now);
    }

    [Fact]
    public void Many_timers_started_moved_and_stopped_fire_in_order()
    {
        var random = new SeededRandom(7);
        var process = _world.Process("a");
        var fired = new List<long>();
        var timers = new VirtualTimer[2_000];
        for (var i = 0; i < timers.Length; i++)
        {
            timers[i] = new VirtualTimer(_world.Time, process, _ => fired.Add(_world.Time.NowTicks), null);
        }

        for (var i = 0; i < 10_000; i++)
        {
            timers[random.Next(timers.Length)].Start(random.Next(1, 1_000));
            timers[random.Next(timers.Length)].Stop();
        }

        var started = timers.Count(timer => timer.Place >= 0);
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.NotInRange(started, 0, 500);
        Assert.Equal(started, fired.Count);
        Assert.Equal(fired.Order(), fired);
    }

    [Fact]
    public void Running_stops_at_the_condition_and_can_go_on()
    {
        var process = _world.Process("a");
        var count = 0;
        for (var i = 1; i <= 5; i++)
        {
            _world.Time.PostAfter(i, process, _ => count++, null);
        }

        Assert.True(_world.Time.Run(() => count == 3, 100));
        Assert.Equal(3, _world.Time.NowTicks);
        Assert.False(_world.Time.Run(() => count == 9, 100));
        Assert.Equal((5, 100), (count, _world.Time.NowTicks));
    }

    [Fact]
    public void Work_taken_out_of_turn_is_decided_by_the_seed()
    {
        Assert.Equal(Order(1), Order(1));
        Assert.NotEqual(Order(1), Order(2));
        Assert.Equal(Enumerable.Range(0, 50), Order(1).Order());

        static List<int> Order(ulong seed)
        {
            var world = new World(seed);
            world.Time.OutOfTurnPerMillion = 300_000;
            var process = world.Process("a");
            var order = new List<int>();
            for (var i = 0; i < 50; i++)
            {
                process.Post(number => order.Add((int)number!), i);
            }

            world.RunFor(TimeSpan.FromSeconds(1));
            return order;
        }
    }

    [Fact]
    public void A_post_from_another_thread_fails_the_run()
    {
        var process = _world.Process("a");
        var thread = new Thread(() => process.Post(_ => _world.See("foreign"), null));
        thread.Start();
        thread.Join();

        Assert.Throws<SimulationException>(() => _world.RunFor(TimeSpan.FromSeconds(1)));
        Assert.Empty(_world.Seen);
    }

    [Fact]
    public void A_role_that_uses_the_thread_pool_fails_the_run()
    {
        var process = _world.Process("a");
        process.Start(async () => await Task.Run(() => { }));

        var failure = Assert.Throws<SimulationException>(() =>
        {
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < TimeSpan.FromSeconds(10))
            {
                _world.RunFor(TimeSpan.FromMilliseconds(1));
            }
        });

        Assert.Contains("thread", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Work_that_never_waits_fails_the_run()
    {
        var process = _world.Process("a");
        process.Post(Again, null);

        Assert.Contains("stands still", Assert.Throws<SimulationException>(() => _world.RunFor(TimeSpan.FromSeconds(1))).Message, StringComparison.Ordinal);

        void Again(object? state) => process.Post(Again, state);
    }

    [Fact]
    public void A_failure_of_the_world_fails_the_run()
    {
        _world.Time.World.Post(_ => throw new InvalidOperationException("broken"), null);

        Assert.IsType<InvalidOperationException>(
            Assert.Throws<SimulationException>(() => _world.RunFor(TimeSpan.FromSeconds(1))).InnerException);
    }
}
