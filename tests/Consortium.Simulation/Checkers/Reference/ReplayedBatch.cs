using Consortium.Ledger.Execution;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Simulation.Checkers.Reference;

/// <summary>A batch as the journal has it and as the replay executed it.</summary>
/// <param name="Recorded">The batch.</param>
/// <param name="Executed">The outcomes that the replay computed.</param>
/// <param name="Changes">The last value per key.</param>
internal sealed record ReplayedBatch(
    Wire.Batch Recorded,
    IReadOnlyList<ExecutedTransaction> Executed,
    IReadOnlyList<ReplayedChange> Changes)
{
    public ulong Position => Recorded.Position;

    public ulong TimeMs => Recorded.TimeMs;
}
