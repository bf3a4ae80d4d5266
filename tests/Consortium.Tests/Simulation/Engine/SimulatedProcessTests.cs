using System.Threading.Channels;

namespace Consortium.Tests.Simulation.Engine;

public sealed class SimulatedProcessTests
{
    private readonly World _world = new();

    [Fact]
    public void What_a_process_awaits_continues_in_it()
    {
        var (a, b) = (_world.Process("a"), _world.Process("b"));
        var source = new TaskCompletionSource();
        var contexts = new List<SynchronizationContext?>();
        a.Start(async () =>
        {
            await source.Task;
            contexts.Add(SynchronizationContext.Current);
        });
        b.Start(async () =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), b.Clock);
            source.SetResult();
            contexts.Add(SynchronizationContext.Current);
        });
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal<SynchronizationContext?>([b, a], contexts);
        Assert.NotSame(a, SynchronizationContext.Current);
    }

    [Fact]
    public void A_killed_process_stops_at_its_next_await_without_finally()
    {
        var process = _world.Process("a");
        process.Start(async () =>
        {
            try
            {
                _world.See("began");
                await Task.Delay(TimeSpan.FromMilliseconds(10), process.Clock);
                _world.See("waited");
                process.Kill();
                _world.See("still here");
                await Task.Yield();
                _world.See("never");
            }
            finally
            {
                _world.See("finally");
            }
        });
        process.Start(async () =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), process.Clock);
            _world.See("timer of the dead");
        });
        _world.RunFor(TimeSpan.FromSeconds(1));
        process.Post(_ => _world.See("post to the dead"), null);
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(["0 began", "10 waited", "10 still here"], _world.Seen);
        Assert.False(process.IsAlive);
    }

    [Fact]
    public void Work_queued_before_a_kill_is_dropped_by_it()
    {
        var (a, b) = (_world.Process("a"), _world.Process("b"));
        b.Post(_ => a.Kill(), null);
        a.Post(_ => _world.See("queued"), null);
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.Empty(_world.Seen);
    }

    [Fact]
    public void Exceptions_that_escape_are_told_once_each()
    {
        var process = _world.Process("a");
        process.Start(() => throw new InvalidOperationException("at once"));
        process.Start(async () =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), process.Clock);
            throw new InvalidOperationException("later");
        });
        process.Post(_ => throw new InvalidOperationException("in a callback"), null);
        _world.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(["at once", "in a callback", "later"], _world.Failures.Select(failure => failure.Message).ToList());
    }

    [Fact]
    public void A_process_does_not_wait_for_another() =>
        Assert.Throws<NotSupportedException>(() => _world.Process("a").Send(_ => { }, null));

    [Fact]
    public void Its_scheduler_runs_tasks_in_it_in_order()
    {
        var process = _world.Process("a");
        _world.Run(process, () => Task.WhenAll(Enumerable.Range(0, 3).Select(number => Task.Factory.StartNew(
            () => _world.See($"{number} {SynchronizationContext.Current}"),
            CancellationToken.None,
            TaskCreationOptions.None,
            process.Scheduler))));

        Assert.Equal(["0 0 a", "0 1 a", "0 2 a"], _world.Seen);
    }

    [Fact]
    public void Channels_timeouts_and_choices_complete_in_virtual_time()
    {
        Assert.Equal(Story(1), Story(1));
        Assert.Equal(
            ["0 wrote 0", "0 read 0", "10 wrote 1", "10 read 1", "15 first: short", "20 wrote 2", "20 read 2", "25 cancelled", "30 timed out", "35 closed"],
            Story(1));

        static List<string> Story(ulong seed)
        {
            var world = new World(seed);
            var process = world.Process("a");
            var channel = Channel.CreateUnbounded<int>();
            process.Start(async () =>
            {
                await foreach (var number in WriteAsync())
                {
                    world.See($"wrote {number}");
                    channel.Writer.TryWrite(number);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(5), process.Clock);
                channel.Writer.Complete();
            });
            process.Start(async () =>
            {
                while (await channel.Reader.WaitToReadAsync())
                {
                    while (channel.Reader.TryRead(out var number))
                    {
                        world.See($"read {number}");
                    }
                }

                world.See("closed");
            });
            process.Start(async () =>
            {
                var brief = Task.Delay(TimeSpan.FromMilliseconds(15), process.Clock);
                var first = await Task.WhenAny(brief, Task.Delay(TimeSpan.FromMilliseconds(16), process.Clock));
                world.See(first == brief ? "first: short" : "first: long");
            });
            process.Start(async () =>
            {
                using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(25), process.Clock);
                await Assert.ThrowsAnyAsync<OperationCanceledException>(
                    () => Task.Delay(TimeSpan.FromMinutes(1), process.Clock, source.Token));
                world.See("cancelled");
            });
            process.Start(async () =>
            {
                await Assert.ThrowsAsync<TimeoutException>(
                    () => new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromMilliseconds(30), process.Clock, CancellationToken.None));
                world.See("timed out");
            });
            world.RunFor(TimeSpan.FromSeconds(1));
            Assert.Empty(world.Failures);
            return world.Seen;

            async IAsyncEnumerable<int> WriteAsync()
            {
                for (var i = 0; i < 3; i++)
                {
                    yield return i;
                    await Task.Delay(TimeSpan.FromMilliseconds(10), process.Clock);
                }
            }
        }
    }
}
