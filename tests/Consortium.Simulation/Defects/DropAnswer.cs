using Consortium.Consensus.Sequencing;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>Some transactions are ordered and never answered, however often they are asked for again.</summary>
internal sealed class DropAnswer : Defect
{
    public override async Task<IReadOnlyList<OrderResult>> AnswersAsync(Task<IReadOnlyList<OrderResult>> answers, ConsensusActivation activation)
    {
        var results = await answers;
        if (results.Any(result => result.Refused is null && result.Id.Digest.ToArray()[0] == 0))
        {
            await new TaskCompletionSource().Task;
        }

        return results;
    }
}
