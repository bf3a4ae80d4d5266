using Consortium.Consensus.Sequencing;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>A transaction that was ordered before is acknowledged at the last position instead of its own.</summary>
internal sealed class DuplicateAtNewPlace : Defect
{
    public override async Task<IReadOnlyList<OrderResult>> AnswersAsync(Task<IReadOnlyList<OrderResult>> answers, ConsensusActivation activation) =>
        [.. (await answers).Select(result => result.Duplicate ? result with { Position = activation.Now.Position } : result)];
}
