using Consortium.Simulation.Checkers.Reference;

namespace Consortium.Simulation.Checkers;

/// <summary>The recorded outcome of a transaction is that of the replay, and no transaction is recorded without authority.</summary>
internal sealed class OutcomeChecker(Findings findings)
{
    public const string Name = "outcome";

    public void OnBatch(ReplayedBatch batch)
    {
        for (var i = 0; i < batch.Executed.Count; i++)
        {
            var executed = batch.Executed[i];
            var recorded = batch.Recorded.Outcomes[i];
            if (!executed.IsAuthorised)
            {
                findings.Report(Name, $"{executed.Transaction.Id} at {batch.Position}/{i} was recorded without authority");
            }
            else if (executed.Accepted ? recorded.Rejections.Count > 0 : !executed.ToOutcome().Equals(recorded))
            {
                findings.Report(
                    Name,
                    $"{executed.Transaction.Id} at {batch.Position}/{i}: recorded {recorded}, executing it gives {executed.ToOutcome()}");
            }
        }
    }
}
