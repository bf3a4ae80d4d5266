using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Verification;

namespace Consortium.Simulation.Checkers;

/// <summary>The parameters of the run that checkers need.</summary>
/// <param name="SignatureFault">Returns the fault of a seal's signature, or nothing.</param>
/// <param name="MakeVerifier">Makes a chain verifier that knows nothing.</param>
/// <param name="CheckBatch">Decodes a batch of a network and checks its signatures.</param>
internal sealed record CheckerOptions(
    Func<BlockSeal, string?> SignatureFault,
    Func<ChainVerifier> MakeVerifier,
    Func<ReadOnlyMemory<byte>, Digest, CheckedBatch> CheckBatch)
{
    /// <summary>Bounds of what an activation keeps in memory.</summary>
    public MemorySizes Most { get; init; } = MemorySizes.Unbounded;

    /// <summary>The longest time to an answer while there are no faults, virtual.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest time from one seal to the next while there are no faults, virtual.</summary>
    public TimeSpan SealWithin { get; init; } = TimeSpan.FromMinutes(5);
}
