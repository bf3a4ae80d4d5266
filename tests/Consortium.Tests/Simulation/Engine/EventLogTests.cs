using Consortium.Simulation.Engine;
using Consortium.Simulation.Faults;
using Microsoft.Extensions.Logging;

namespace Consortium.Tests.Simulation.Engine;

public sealed class EventLogTests
{
    [Fact]
    public void One_seed_has_one_digest_and_another_seed_another()
    {
        Assert.Equal(Run(1, trace: null), Run(1, trace: null));
        Assert.NotEqual(Run(1, trace: null), Run(2, trace: null));
    }

    [Fact]
    public void Tracing_does_not_change_the_digest()
    {
        using var trace = new StringWriter();

        Assert.Equal(Run(3, trace: null), Run(3, trace));
        Assert.Contains("MessageSent client", trace.ToString(), StringComparison.Ordinal);
        Assert.Contains("server in detail", trace.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_events_are_kept_as_lines()
    {
        var world = new World();
        using var log = new EventLog(world.Time, lastMax: 3);
        log.Append(EventKind.Note, "a", 1);
        Assert.Equal(["0.0000000 Note a 1"], log.Last());

        world.RunFor(TimeSpan.FromMilliseconds(1_500));
        log.Append(EventKind.Note, "b", "text");
        log.Append(EventKind.Note, "c", "\u00e9\n", 1, 2, 3, ulong.MaxValue);
        log.Append(EventKind.ProcessKilled, "d");
        Assert.Equal(
            ["1.5000000 Note b text", "1.5000000 Note c ?? 1 2 3 18446744073709551615", "1.5000000 ProcessKilled d"],
            log.Last());
        Assert.Equal(4, log.Count);
    }

    [Theory]
    [InlineData("ab", "c", 1UL)]
    [InlineData("a", "bc", 2UL)]
    [InlineData("a", "b", 1UL)]
    public void Events_that_differ_have_different_digests(string source, string text, ulong value)
    {
        var world = new World();
        using var one = new EventLog(world.Time);
        using var other = new EventLog(world.Time);
        one.Append(EventKind.Note, "a", "bc", 1);
        other.Append(EventKind.Note, source, text, value);

        Assert.NotEqual(one.Finish(), other.Finish());
    }

    [Fact]
    public void The_raw_bytes_are_what_is_hashed()
    {
        var world = new World();
        using var raw = new MemoryStream();
        using var log = new EventLog(world.Time) { Raw = raw };
        for (var i = 0; i < 10_000; i++)
        {
            log.Append(EventKind.Note, "source", "text", (ulong)i);
        }

        Assert.Equal(log.Finish(), System.Security.Cryptography.SHA256.HashData(raw.ToArray()));
    }

    private static byte[] Run(ulong seed, TextWriter? trace)
    {
        var time = new VirtualTime(SeededRandom.ForStream(seed, "time")) { OutOfTurnPerMillion = 100_000 };
        using var log = new EventLog(time) { Trace = trace };
        var logger = new EventLogger(log, "server");
        var network = new SimulatedNetwork(time, SeededRandom.ForStream(seed, "network"), new FaultCounts(), log)
        {
            Faults = new NetworkFaults { SlowPerMillion = 100_000, LossPerMillion = 50_000, DuplicationPerMillion = 50_000 },
        };
        var server = new SimulatedProcess(time, "server", World.Epoch, (_, _) => { });
        var client = new SimulatedProcess(time, "client", World.Epoch, (_, _) => { });
        var count = 0;
        for (var i = 0; i < 10; i++)
        {
            client.Start(async () =>
            {
                for (var call = 0; call < 20; call++)
                {
                    try
                    {
                        await network.CallAsync(client, server, MessageKind.Other, TimeSpan.FromSeconds(1), HandleAsync);
                    }
                    catch (SimulatedTimeoutException)
                    {
                        // The next call follows.
                    }
                }
            });
        }

        time.Run(() => false, TimeSpan.FromMinutes(1).Ticks);
        return log.Finish();

        async Task<int> HandleAsync()
        {
            count++;
            Log(logger, count % 10 == 0 ? LogLevel.Warning : LogLevel.Information, "in detail");
            await Task.Delay(TimeSpan.FromMilliseconds(1), server.Clock);
            return count;
        }
    }

    private static void Log(EventLogger logger, LogLevel level, string text) =>
        logger.Log(level, default, text, null, static (message, _) => message);
}
