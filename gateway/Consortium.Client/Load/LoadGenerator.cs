using Consortium.Api;

namespace Consortium.Client.Load;

/// <summary>Puts a bounded load on a gateway and measures its answers.</summary>
/// <remarks>
/// Opens accounts with a key each, issues to them all that they will give, signs everything ahead, and only then starts
/// the clock. No transfer of it can fail for lack of cover. Refusals that may pass and lost connections are retried with
/// the same bytes until time is up.
/// </remarks>
/// <param name="client">The gateway; should allow as many connections as the options name.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class LoadGenerator(ConsortiumClient client, TimeProvider timeProvider)
{
    /// <summary>Runs a load.</summary>
    /// <param name="options">The size, rate and duration of the load.</param>
    /// <param name="custodian">The member that opens the load's accounts.</param>
    /// <param name="progress">Told what is being done, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Counts and latencies; the ids of acknowledged transactions are in the file that the options name.</returns>
    /// <exception cref="ConsortiumException">The load could not be prepared.</exception>
    public async Task<LoadResult> RunAsync(
        LoadOptions options,
        LoadCustodian custodian,
        IProgress<string>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        progress?.Report($"Opening {options.Accounts} accounts.");
        using var session = await LoadSession.PrepareAsync(client, timeProvider, options, custodian, slices: 1, cancellationToken);
        progress?.Report("Signing.");
        var slice = session.SignNext();
        progress?.Report($"Submitting {slice.Count} transactions for {options.Duration.TotalSeconds:0.#} s on {options.Connections} connections.");
        return await session.RunAsync(slice, cancellationToken);
    }
}
