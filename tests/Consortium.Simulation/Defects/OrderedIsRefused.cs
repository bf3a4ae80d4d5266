using Consortium.Consensus.Sequencing;
using Consortium.Ledger;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>A transaction that is ordered is now and then refused as expired.</summary>
internal sealed class OrderedIsRefused : Defect
{
    private const int Every = 50;

    private int _ordered;

    public override async Task<IReadOnlyList<OrderResult>> AnswersAsync(Task<IReadOnlyList<OrderResult>> answers, ConsensusActivation activation) =>
        [.. (await answers).Select(result => result is { Refused: null, Duplicate: false } && ++_ordered % Every == 0
            ? result with { Refused = new Refused(Refusal.Expired, "It has expired.") }
            : result)];
}
