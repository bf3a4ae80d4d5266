using Consortium.Ledger.Blocks;

namespace Consortium.Consensus.Ports;

/// <summary>Seals blocks for one member.</summary>
/// <remarks>Not trusted: the caller checks the work and the signature of the answer.</remarks>
public interface IMiner
{
    /// <summary>Searches for a nonce and signs the header it completes.</summary>
    /// <param name="template">The header without producer and nonce.</param>
    /// <param name="cancellationToken">Ends the search, because another miner was faster.</param>
    /// <returns>The sealed header.</returns>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    Task<BlockSeal> SealAsync(BlockHeader template, CancellationToken cancellationToken);
}
