using Consortium.Api;
using Consortium.Ledger;
using Consortium.Ledger.Verification;

namespace Consortium.Client.Verification;

/// <summary>Checks proofs offline: from their bytes and the network's id alone.</summary>
public static class OfflineProofs
{
    /// <summary>Checks a proof.</summary>
    /// <param name="bytes">The proof.</param>
    /// <param name="expectedNetwork">The network's id as the reader knows it, or <see langword="null"/> to be told it.</param>
    /// <returns>The facts that the proof shows.</returns>
    /// <exception cref="ConsortiumException">The proof is not valid; the message says why.</exception>
    public static ProofReport Check(ReadOnlySpan<byte> bytes, Digest? expectedNetwork)
    {
        var fault = ProofVerifier.Check(bytes, expectedNetwork, out var report);
        return fault is null && report is not null ? report : throw new ConsortiumException(
            "proof_invalid",
            $"The proof proves nothing: {fault}",
            "Do not rely on what it claims; ask a gateway that you trust more for another one.");
    }
}
