using System.Runtime.CompilerServices;
using Consortium.Consensus.Ports;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>A recovering activation does not execute the last batch in the journal.</summary>
internal sealed class RecoveryStopsShort : Defect
{
    public override IJournal Journal(IJournal journal, ConsensusActivation activation) => new Short(journal);

    private sealed class Short(IJournal journal) : JournalDecorator(journal)
    {
        public override async IAsyncEnumerable<JournalEntry> ReadAsync(
            ulong fromPosition,
            ulong toPosition,
            [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            // The last entry is the activation's own; one entry alone is asked for to see whether it was written.
            await foreach (var entry in base.ReadAsync(fromPosition, toPosition, cancellationToken))
            {
                if (fromPosition == toPosition || entry.Position + 1 != toPosition || entry.Kind != JournalEntryKind.Batch)
                {
                    yield return entry;
                }
            }
        }
    }
}
