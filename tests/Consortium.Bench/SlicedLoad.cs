using Consortium.Client;
using Consortium.Client.Load;

namespace Consortium.Bench;

/// <summary>A load on silos, slice by slice, over accounts whose keys their gateways know by now.</summary>
internal sealed class SlicedLoad : IDisposable
{
    // A key that is met for the first time costs four checks: slices until each was met several times.
    private const int WarmUpSlicesMax = 6;
    private const int MeetingsOfAnAccount = 4;

    private readonly ILoadTarget _target;
    private readonly ConsortiumClient _client;
    private readonly LoadSession _session;

    private SlicedLoad(ILoadTarget target, ConsortiumClient client, LoadSession session) =>
        (_target, _client, _session) = (target, client, session);

    /// <summary>Opens the accounts and warms up.</summary>
    /// <param name="target">The silos.</param>
    /// <param name="options">The load of one slice.</param>
    /// <param name="slices">Slices that will be measured at most.</param>
    public static async Task<SlicedLoad> PrepareAsync(ILoadTarget target, LoadOptions options, int slices)
    {
        var client = target.Connect(options.Connections);
        var session = await LoadSession.PrepareAsync(client, TimeProvider.System, options, target.Custodian, WarmUpSlicesMax + slices, CancellationToken.None);
        var load = new SlicedLoad(target, client, session);
        var committed = 0L;
        for (var i = 0; i < WarmUpSlicesMax && committed < (long)options.Accounts * MeetingsOfAnAccount; i++)
        {
            committed += (await load.RunAsync()).Committed;
        }

        return load;
    }

    /// <summary>Submits one slice.</summary>
    /// <returns>The result of the slice.</returns>
    /// <exception cref="InvalidOperationException">Some transactions were not acknowledged.</exception>
    public async Task<LoadedSlice> RunAsync()
    {
        var slice = _session.SignNext();
        var before = _target.CpuSeconds;
        var result = await _session.RunAsync(slice, CancellationToken.None);
        return new LoadedSlice(RequireWhole(result).Committed, result.PerSecond, (_target.CpuSeconds - before) / result.Committed);
    }

    /// <summary>Refuses a load of which something was not acknowledged.</summary>
    public static LoadResult RequireWhole(LoadResult result) => result.Committed == 0 || result.Rejected + result.Refused + result.Unanswered > 0
        ? throw new InvalidOperationException($"The load did not go through: {result}")
        : result;

    public void Dispose()
    {
        _session.Dispose();
        _client.Dispose();
    }
}
