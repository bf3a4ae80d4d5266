using Consortium.Api;

namespace Consortium.Client.Load;

/// <summary>A load in slices over the same accounts, so that something else can be measured between two of them.</summary>
/// <remarks>
/// Lifecycle: <see cref="PrepareAsync"/> opens the accounts and issues what all slices give; then, for each slice, <see cref="SignNext"/>
/// and <see cref="RunAsync"/>. No transfer can fail for lack of cover, also when a slice was not submitted to its end. Not for use by
/// two threads.
/// </remarks>
public sealed class LoadSession : IDisposable
{
    private readonly ConsortiumClient _client;
    private readonly TimeProvider _timeProvider;
    private readonly LoadOptions _options;
    private readonly LoadPlan _plan;
    private readonly LoadLedger _ledger;
    private readonly AckFile _acks;
    private readonly int _perSlice;
    private readonly int _slices;
    private int _signed;

    private LoadSession(ConsortiumClient client, TimeProvider timeProvider, LoadOptions options, LoadPlan plan, LoadLedger ledger, int perSlice, int slices)
    {
        (_client, _timeProvider, _options, _plan, _ledger) = (client, timeProvider, options, plan, ledger);
        (_perSlice, _slices, _acks) = (perSlice, slices, new AckFile(options.AcksPath));
    }

    /// <summary>Opens the accounts and issues to them.</summary>
    /// <param name="client">The gateway; should allow as many connections as the options name.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="options">The size and rate of the load; the duration is that of one slice.</param>
    /// <param name="custodian">The member that opens the load's accounts.</param>
    /// <param name="slices">Most slices that will be run.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The session.</returns>
    /// <exception cref="ConsortiumException">The load could not be prepared.</exception>
    public static async Task<LoadSession> PrepareAsync(
        ConsortiumClient client,
        TimeProvider timeProvider,
        LoadOptions options,
        LoadCustodian custodian,
        int slices,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(custodian);
        ArgumentOutOfRangeException.ThrowIfLessThan(slices, 1);
        if (options.FindFault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        var plan = new LoadPlan(options.Accounts, options.HotPercent);
        var perSlice = LoadSigner.Count(options, timeProvider);
        var ledger = await new LoadSetup(client, timeProvider, options, custodian).RunAsync(plan, (long)perSlice * slices, cancellationToken);
        return new LoadSession(client, timeProvider, options, plan, ledger, perSlice, slices);
    }

    /// <summary>Signs the next slice, on all cores.</summary>
    /// <returns>The slice; none of its transactions is in another.</returns>
    /// <exception cref="InvalidOperationException">There are no more slices.</exception>
    public LoadSlice SignNext()
    {
        if (_signed == _slices)
        {
            throw new InvalidOperationException($"The load was prepared for {_slices} slices, and all of them were signed.");
        }

        var first = (long)_signed++ * _perSlice;
        return new LoadSlice(LoadSigner.Sign(_ledger, _plan, _options, first, _perSlice, _timeProvider), _perSlice);
    }

    /// <summary>Submits a slice until its time is up or nothing is left of it.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Counts and latencies of the slice.</returns>
    public async Task<LoadResult> RunAsync(LoadSlice slice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slice);
        var counts = new LoadCounts(_acks);
        var elapsed = await new LoadRun(_client, _timeProvider, _options, slice.Requests, counts).RunAsync(cancellationToken);
        return counts.Result(slice.Count, elapsed);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ledger.Dispose();
        _acks.Dispose();
    }
}
