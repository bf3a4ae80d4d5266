using Consortium.Api;

namespace Consortium.Client.Load;

/// <summary>Puts a bounded load on a gateway and measures what it answers.</summary>
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
    /// <param name="options">What load.</param>
    /// <param name="custodian">Who opens the accounts.</param>
    /// <param name="progress">Told what is being done, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What came of it; acknowledged ids are in the file that the options name.</returns>
    /// <exception cref="ConsortiumException">The load could not be prepared.</exception>
    public async Task<LoadResult> RunAsync(
        LoadOptions options,
        LoadCustodian custodian,
        IProgress<string>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(custodian);
        if (options.FindFault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        using var acks = new AckFile(options.AcksPath);
        var plan = new LoadPlan(options.Accounts, options.HotPercent);
        var count = LoadSigner.Count(options, timeProvider);
        progress?.Report($"Opening {options.Accounts} accounts.");
        using var ledger = await new LoadSetup(client, timeProvider, options, custodian).RunAsync(plan, count, cancellationToken);
        progress?.Report($"Signing {count} transactions.");
        var requests = LoadSigner.Sign(ledger, plan, options, count, timeProvider);
        progress?.Report($"Submitting for {options.Duration.TotalSeconds:0.#} s on {options.Connections} connections.");
        var counts = new LoadCounts(acks);
        var elapsed = await new LoadRun(client, timeProvider, options, requests, counts).RunAsync(cancellationToken);
        return counts.Result(count, elapsed);
    }
}
