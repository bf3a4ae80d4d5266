using System.Diagnostics;
using Consortium.Client;
using Consortium.Client.Load;

namespace Consortium.Cluster.Tests.Harness;

/// <summary>A load on a cluster that goes on while a test kills, stops or adds silos.</summary>
internal sealed class ClusterLoad : IAsyncDisposable
{
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(120);
    private readonly LocalCluster _cluster;
    private readonly ConsortiumClient _client;
    private readonly string _acks;
    private readonly AckWatch _watch;
    private readonly LoadCustodian _custodian;
    private readonly SiloUnderTest? _only;
    private readonly Task<LoadResult> _running;
    private readonly List<(string Name, long Began, TimeSpan Goal)> _acts = [];

    private ClusterLoad(LocalCluster cluster, TimeSpan duration, SiloUnderTest? only)
    {
        (_cluster, _only) = (cluster, only);
        _acks = Path.Combine(cluster.Folder, $"acks of {only?.Name ?? "all"}.txt");
        _custodian = cluster.OpenCustodian();
        var options = new LoadOptions
        {
            Accounts = 50,
            Connections = 6,
            BatchSize = 5,
            Rate = 300,
            Duration = duration,
            TransactionsMax = (int)(300 * duration.TotalSeconds),
            AcksPath = _acks,
        };
        _client = only is null ? cluster.ConnectToAny(options.Connections) : LocalCluster.Connect(only);
        _watch = new AckWatch(_acks);
        _running = Task.Run(() => new LoadGenerator(_client, TimeProvider.System).RunAsync(options, _custodian, progress: null, CancellationToken.None));
    }

    /// <summary>The file with the ids of acknowledged transactions.</summary>
    public string Acks => _acks;

    /// <summary>Starts a load on all silos, or on one process only, that a test ends by waiting for it; waits for its first acknowledgements.</summary>
    public static async Task<ClusterLoad> StartAsync(LocalCluster cluster, TimeSpan duration, SiloUnderTest? only = null)
    {
        var load = new ClusterLoad(cluster, duration, only);
        await load.WaitForOneAfterAsync(0);
        return load;
    }

    /// <summary>Does something to the cluster, then waits until transactions are acknowledged and a silo orders.</summary>
    /// <param name="name">The name of the act in the record.</param>
    /// <param name="act">The act; completes when it is done.</param>
    /// <param name="goal">How long acknowledgements may stay away on a quiet machine, until something else is done; checked in the end.</param>
    public async Task DuringAsync(string name, Func<Task> act, TimeSpan goal)
    {
        var before = Stopwatch.GetTimestamp();
        await WaitForOneAfterAsync(before);
        _acts.Add((name, before, goal));
        await act();
        await _cluster.OrderingAsync();
        await WaitForOneAfterAsync(Stopwatch.GetTimestamp());
    }

    /// <summary>Waits for the end of the load, and checks that all that was acknowledged is there, once, and that no pause was too long.</summary>
    public async Task CheckAsync()
    {
        var result = await _running;
        var end = Stopwatch.GetTimestamp();
        _cluster.Print(FormattableString.Invariant(
            $"load: {result.Committed} committed, {result.Retries} retries, {result.Refused} refused, {result.Unanswered} unanswered; half within {result.LatencyP50.TotalMilliseconds:0} ms."));
        Assert.Equal(0, result.Rejected);
        Assert.True(result.Committed > 0);
        var asked = _only is { IsRunning: true } ? [_only] : _cluster.Silos.Where(silo => silo.IsRunning).ToList();
        foreach (var silo in asked)
        {
            using var client = LocalCluster.Connect(silo);
            var report = await new AckCheck(client, TimeProvider.System).RunAsync(_acks, CheckTimeout, CancellationToken.None);
            Assert.Equal((result.Committed, 0, 0), (report.Acked, report.Missing, report.Duplicated));
        }

        Assert.All(Pauses(end), pause => Assert.True(pause.Time <= (Gaps.AreMeasured ? pause.Goal : Gaps.Generous), pause.ToString()));
    }

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        _client.Dispose();
        foreach (var key in _custodian.Keys)
        {
            key.Dispose();
        }
    }

    private List<(string Act, TimeSpan Time, TimeSpan Goal)> Pauses(long end)
    {
        var ends = _acts.Skip(1).Select(act => act.Began).Append(end);
        var pauses = _acts.Zip(ends, (act, until) => (act.Name, Time: _watch.LongestPause(act.Began, until), act.Goal)).ToList();
        foreach (var (name, time, goal) in pauses)
        {
            _cluster.Print(FormattableString.Invariant($"{name}: no acknowledgement for {time.TotalSeconds:0.00} s; the goal is {goal.TotalSeconds:0.#} s."));
        }

        return pauses;
    }

    private async Task WaitForOneAfterAsync(long moment)
    {
        var acknowledged = _watch.WaitForOneAfterAsync(moment);
        if (await Task.WhenAny(acknowledged, _running) == _running)
        {
            var result = await _running;
            throw new InvalidOperationException($"The load ended before anything was acknowledged again: {result}\n{string.Concat(_cluster.Silos.Select(silo => silo.Log))}");
        }

        await acknowledged;
    }
}
