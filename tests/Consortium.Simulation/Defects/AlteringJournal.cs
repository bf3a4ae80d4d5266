using Consortium.Consensus.Ports;

namespace Consortium.Simulation.Defects;

/// <summary>A journal that writes other bytes than it is given.</summary>
internal sealed class AlteringJournal(IJournal journal, Func<JournalEntry, ReadOnlyMemory<byte>> alter) : JournalDecorator(journal)
{
    public override ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken) =>
        base.AppendAsync(entry with { Bytes = alter(entry) }, cancellationToken);
}
