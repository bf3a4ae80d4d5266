using Consortium.Simulation.Engine;
using Consortium.Simulation.Faults;

namespace Consortium.Tests.Simulation.Engine;

public sealed class SimulatedNetworkTests
{
    private const int Always = 1_000_000;

    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(5);

    private static readonly NetworkFaults _steady = new()
    {
        LatencyMin = TimeSpan.FromMilliseconds(10),
        LatencyMax = TimeSpan.FromMilliseconds(10),
    };

    private readonly World _world = new();
    private readonly SimulatedProcess _a;
    private readonly SimulatedProcess _b;

    public SimulatedNetworkTests()
    {
        (_a, _b) = (_world.Process("a"), _world.Process("b"));
        _world.Network.Faults = _steady;
    }

    [Fact]
    public void A_call_runs_there_and_completes_here_after_two_delays()
    {
        var answer = _world.Run(_a, async () =>
        {
            var context = await CallAsync(_a, _b, () => Task.FromResult(SynchronizationContext.Current));
            Assert.Same(_a, SynchronizationContext.Current);
            return context;
        });

        Assert.Same(_b, answer);
        Assert.Equal(TimeSpan.FromMilliseconds(20), _world.Now);
    }

    [Fact]
    public void Exceptions_of_the_handler_reach_the_caller()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => _world.Run(_a, () => CallAsync<int>(_a, _b, async () =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), _b.Clock);
            throw new InvalidOperationException("no");
        })));

        Assert.Equal("no", failure.Message);
        Assert.Equal(TimeSpan.FromMilliseconds(21), _world.Now);
    }

    [Fact]
    public void A_lost_request_times_out_and_is_not_handled()
    {
        _world.Network.Faults = _steady with { LossPerMillion = Always };
        Assert.Throws<SimulatedTimeoutException>(() => _world.Run(_a, () => CallAsync(_a, _b, Handle)));

        Assert.Empty(_world.Seen);
        Assert.Equal(_timeout, _world.Now);
        Assert.Equal(1, _world.Counts[FaultKind.MessageLost]);
    }

    [Fact]
    public void A_lost_answer_times_out_and_was_handled()
    {
        Assert.Throws<SimulatedTimeoutException>(() => _world.Run(_a, () => CallAsync(_a, _b, () =>
        {
            _world.Network.Faults = _steady with { LossPerMillion = Always };
            return Handle();
        })));

        Assert.Equal(["10 handled"], _world.Seen);
        Assert.Equal(_timeout, _world.Now);
    }

    [Fact]
    public void A_request_that_arrives_twice_is_handled_twice_and_answered_once()
    {
        _world.Network.Faults = _steady with { DuplicationPerMillion = Always };
        var count = 0;
        var answer = _world.Run(_a, () => CallAsync(_a, _b, () => Task.FromResult(++count)));
        _world.RunFor(_timeout);

        Assert.Equal((1, 2), (answer, count));
        Assert.Equal(1, _world.Counts[FaultKind.MessageDuplicated]);
        Assert.Empty(_world.Failures);
    }

    [Fact]
    public void A_slow_message_is_overtaken()
    {
        _world.Network.Faults = _steady with { SlowPerMillion = Always, SlowMax = TimeSpan.FromSeconds(1) };
        _a.Start(() => CallAsync(_a, _b, () => Note("first")));
        _a.Start(() =>
        {
            _world.Network.Faults = _steady;
            return CallAsync(_a, _b, () => Note("second"));
        });
        _world.RunFor(_timeout);

        Assert.Equal(["second", "first"], _world.Seen.Select(line => line.Split(' ')[1]).ToList());
        Assert.Equal(1, _world.Counts[FaultKind.MessageDelayed]);
    }

    [Fact]
    public void Nobody_answers_for_a_dead_process()
    {
        _b.Kill();
        Assert.Throws<SimulatedTimeoutException>(() => _world.Run(_a, () => CallAsync(_a, _b, Handle)));

        Assert.Empty(_world.Seen);
    }

    [Fact]
    public void A_process_that_dies_while_handling_does_not_answer()
    {
        Assert.Throws<SimulatedTimeoutException>(() => _world.Run(_a, () => CallAsync(_a, _b, async () =>
        {
            _b.Kill();
            await Task.Yield();
            return await Handle();
        })));

        Assert.Empty(_world.Seen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cut_swallows_messages_until_it_heals(bool isolates)
    {
        var c = _world.Process("c");
        if (isolates)
        {
            _world.Network.Isolate(_b);
        }
        else
        {
            _world.Network.Partition(_b, _a);
        }

        Assert.Throws<SimulatedTimeoutException>(() => _world.Run(_a, () => CallAsync(_a, _b, Handle)));
        Assert.Throws<SimulatedTimeoutException>(() => _world.Run(_b, () => CallAsync(_b, _a, Handle)));
        if (isolates)
        {
            Assert.Throws<SimulatedTimeoutException>(() => _world.Run(c, () => CallAsync(c, _b, Handle)));
        }
        else
        {
            Assert.True(_world.Run(c, () => CallAsync(c, _b, Handle)));
        }

        Assert.True(_world.Run(c, () => CallAsync(c, _a, Handle)));
        _world.Network.Heal();
        Assert.True(_world.Run(_a, () => CallAsync(_a, _b, Handle)));
        Assert.Equal(1, _world.Counts[FaultKind.Partition]);
    }

    [Fact]
    public void A_cut_also_swallows_what_is_under_way()
    {
        _a.Start(async () =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), _a.Clock);
            _world.Network.Partition(_a, _b);
        });
        Assert.Throws<SimulatedTimeoutException>(() => _world.Run(_a, () => CallAsync(_a, _b, Handle)));

        Assert.Empty(_world.Seen);
    }

    [Fact]
    public void A_call_to_itself_is_neither_delayed_nor_lost()
    {
        _world.Network.Faults = _steady with { LossPerMillion = Always, DuplicationPerMillion = Always };
        _world.Network.Isolate(_a);

        Assert.True(_world.Run(_a, () => CallAsync(_a, _a, Handle)));
        Assert.Equal(["0 handled"], _world.Seen);
    }

    private Task<T> CallAsync<T>(SimulatedProcess from, SimulatedProcess to, Func<Task<T>> handler) =>
        _world.Network.CallAsync(from, to, MessageKind.Other, _timeout, handler);

    private Task<bool> Handle() => Note("handled");

    private Task<bool> Note(string what)
    {
        _world.See(what);
        return Task.FromResult(true);
    }
}
