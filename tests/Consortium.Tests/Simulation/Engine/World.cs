using System.Runtime.ExceptionServices;
using Consortium.Simulation.Engine;
using Consortium.Simulation.Faults;

namespace Consortium.Tests.Simulation.Engine;

/// <summary>A run with virtual time and a network, and no processes yet.</summary>
internal sealed class World
{
    public static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ulong _seed;

    public World(ulong seed = 1)
    {
        _seed = seed;
        Time = new VirtualTime(Random("time"));
        Log = new EventLog(Time);
        Network = new SimulatedNetwork(Time, Random("network"), Counts, Log);
    }

    public VirtualTime Time { get; }

    public EventLog Log { get; }

    public FaultCounts Counts { get; } = new();

    public SimulatedNetwork Network { get; }

    public List<string> Seen { get; } = [];

    public List<Exception> Failures { get; } = [];

    public TimeSpan Now => TimeSpan.FromTicks(Time.NowTicks);

    public SeededRandom Random(string name) => SeededRandom.ForStream(_seed, name);

    public SimulatedProcess Process(string name) =>
        new(Time, name, Epoch, (_, exception) => Failures.Add(exception));

    /// <summary>Records an event with its virtual time, in milliseconds.</summary>
    public void See(string what) => Seen.Add($"{Time.NowTicks / TimeSpan.TicksPerMillisecond} {what}");

    public void RunFor(TimeSpan duration) => Time.Run(() => false, Time.NowTicks + duration.Ticks);

    /// <summary>Runs a task in a process to its end, and returns what it returns or throws.</summary>
    public T Run<T>(SimulatedProcess process, Func<Task<T>> main)
    {
        var isOver = false;
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        process.Start(async () =>
        {
            try
            {
                result = await main();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }

            isOver = true;
        });
        Assert.True(Time.Run(() => isOver, Time.NowTicks + TimeSpan.FromHours(1).Ticks), "It never ended.");
        failure?.Throw();
        return result!;
    }

    public void Run(SimulatedProcess process, Func<Task> main) => Run(process, async () =>
    {
        await main();
        return true;
    });
}
