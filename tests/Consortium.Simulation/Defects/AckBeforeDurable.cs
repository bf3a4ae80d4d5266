using Consortium.Consensus.Ports;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>The journal reports a batch as written while it is still being written, so a process that dies loses it.</summary>
internal sealed class AckBeforeDurable : Defect
{
    public override IJournal Journal(IJournal journal, ConsensusActivation activation) =>
        new WriteBehind(journal, activation.Cluster.Plan.Sequencer.StorageRetry, activation.Process.Clock);

    private sealed class WriteBehind(IJournal journal, TimeSpan retry, TimeProvider clock) : JournalDecorator(journal)
    {
        private Task _last = Task.CompletedTask;

        public override async ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
        {
            if (entry.Kind == JournalEntryKind.Batch)
            {
                _last = WriteAsync(_last, entry);
                return;
            }

            await _last;
            await base.AppendAsync(entry, cancellationToken);
        }

        private async Task WriteAsync(Task before, JournalEntry entry)
        {
            await before;
            while (true)
            {
                try
                {
                    await base.AppendAsync(entry, CancellationToken.None);
                    return;
                }
                catch (JournalConflictException)
                {
                    return;
                }
                catch (StorageException)
                {
                    await Task.Delay(retry, clock);
                }
            }
        }
    }
}
