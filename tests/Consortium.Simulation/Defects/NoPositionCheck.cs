using Consortium.Consensus.Ports;
using Consortium.Simulation.Cluster;
using Consortium.Simulation.Storage;

namespace Consortium.Simulation.Defects;

/// <summary>The journal does not look at positions: an entry whose position is taken goes in behind the last.</summary>
internal sealed class NoPositionCheck : Defect
{
    public override IJournal Journal(IJournal journal, ConsensusActivation activation) => new Appends(journal, activation.Cluster.Journal);

    private sealed class Appends(IJournal journal, JournalMedium medium) : JournalDecorator(journal)
    {
        public override async ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
        {
            try
            {
                await base.AppendAsync(entry, cancellationToken);
            }
            catch (JournalConflictException)
            {
                medium.AppendUnchecked(entry);
            }
        }
    }
}
