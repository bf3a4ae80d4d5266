using Consortium.Consensus.Ports;

namespace Consortium.Simulation.Defects;

/// <summary>A journal that does what another does, until something of it is overridden.</summary>
internal abstract class JournalDecorator(IJournal journal) : IJournal
{
    public virtual ValueTask<ulong?> ReadHeadAsync(CancellationToken cancellationToken) => journal.ReadHeadAsync(cancellationToken);

    public virtual ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken) => journal.AppendAsync(entry, cancellationToken);

    public virtual IAsyncEnumerable<JournalEntry> ReadAsync(ulong fromPosition, ulong toPosition, CancellationToken cancellationToken) =>
        journal.ReadAsync(fromPosition, toPosition, cancellationToken);
}
