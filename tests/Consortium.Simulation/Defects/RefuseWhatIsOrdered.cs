using Consortium.Consensus.Sequencing;
using Consortium.Ledger;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>A transaction that was ordered before is refused as expired.</summary>
internal sealed class RefuseWhatIsOrdered : Defect
{
    public override async Task<IReadOnlyList<OrderResult>> AnswersAsync(Task<IReadOnlyList<OrderResult>> answers, ConsensusActivation activation) =>
        [.. (await answers).Select(result => result.Duplicate ? result with { Refused = new Refused(Refusal.Expired, "It has expired.") } : result)];
}
