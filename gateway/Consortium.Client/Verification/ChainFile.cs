namespace Consortium.Client.Verification;

/// <summary>Verifies exported chains without trusting anyone: from the file's bytes and the network's id alone.</summary>
public static class ChainFile
{
    /// <summary>Executes a whole chain again and checks signatures, work, targets, roots and zero sums.</summary>
    /// <param name="stream">The export.</param>
    /// <param name="options">Bounds, and the network to expect.</param>
    /// <param name="progress">Told after every block, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The result; a fault in the chain is in the report, not an exception.</returns>
    /// <remarks>
    /// Batches are read ahead and their signatures checked on all cores, side by side; executing them is done in order.
    /// Memory is bounded by the options and the ledger's state.
    /// </remarks>
    public static async Task<ChainReport> VerifyAsync(
        Stream stream,
        ChainVerificationOptions options,
        IProgress<ChainProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        using var reader = new ChainFileReader(stream);
        return await new ChainVerification(reader, options, progress).RunAsync(cancellationToken);
    }
}
