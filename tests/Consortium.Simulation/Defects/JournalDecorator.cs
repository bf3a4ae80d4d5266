using Consortium.Consensus.Ports;

namespace Consortium.Simulation.Defects;

/// <summary>Passes calls to a journal; defects override some of them.</summary>
internal abstract class JournalDecorator(IJournal journal) : IJournal
{
    public virtual ValueTask<ulong?> ReadHeadAsync(CancellationToken cancellationToken) => journal.ReadHeadAsync(cancellationToken);

    public virtual ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken) => journal.AppendAsync(entry, cancellationToken);

    public virtual IAsyncEnumerable<JournalEntry> ReadAsync(ulong fromPosition, ulong toPosition, CancellationToken cancellationToken) =>
        journal.ReadAsync(fromPosition, toPosition, cancellationToken);
}
