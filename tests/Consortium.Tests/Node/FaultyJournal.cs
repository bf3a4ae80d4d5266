using Consortium.Consensus.Ports;
using Google.Protobuf;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Tests.Node;

/// <summary>A journal that fails as a test says.</summary>
internal sealed class FaultyJournal(IJournal journal) : IJournal
{
    /// <summary>The faults of the next appends, in order; later appends succeed.</summary>
    public Queue<Fault> Faults { get; } = new();

    public ValueTask<ulong?> ReadHeadAsync(CancellationToken cancellationToken) => journal.ReadHeadAsync(cancellationToken);

    public async ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        // Seals come when they like; only batches are counted.
        var fault = entry.Kind == JournalEntryKind.Batch && Faults.TryDequeue(out var next) ? next : Fault.None;
        switch (fault)
        {
            case Fault.NotWritten:
                throw new StorageException("The disk is full.");
            case Fault.WrittenButFailed:
                await journal.AppendAsync(entry, cancellationToken);
                throw new StorageException("The answer was lost.");
            case Fault.WrittenByAnother:
                await journal.AppendAsync(entry with { Bytes = new Wire.Batch { Position = entry.Position }.ToByteArray() }, cancellationToken);
                throw new StorageException("The answer was lost.");
            case Fault.None:
                await journal.AppendAsync(entry, cancellationToken);
                break;
        }
    }

    public IAsyncEnumerable<JournalEntry> ReadAsync(ulong fromPosition, ulong toPosition, CancellationToken cancellationToken) =>
        journal.ReadAsync(fromPosition, toPosition, cancellationToken);

    internal enum Fault
    {
        None,
        NotWritten,
        WrittenButFailed,
        WrittenByAnother,
    }
}
