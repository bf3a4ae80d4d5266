using System.Runtime.CompilerServices;
using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Simulation.Faults;

namespace Consortium.Simulation.Storage;

/// <summary>One process's access to the journal.</summary>
/// <remarks>
/// The position is checked when an entry is written, not when it is handed over: of two writers, the one that the disk
/// serves first wins.
/// </remarks>
internal sealed class SimulatedJournal(JournalMedium medium, SimulatedDisk disk) : IJournal
{
    private const int EntriesPerRead = 64;

    public async ValueTask<ulong?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        return medium.Next == 0 ? null : medium.Next - 1;
    }

    public async ValueTask AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var copy = entry with { Bytes = entry.Bytes.ToArray() };
        await ThrowIfRefusedAsync(cancellationToken);
        if (disk.Happens(FaultKind.AppendUnknownNotWritten, disk.Faults.AppendUnknownNotWrittenPerMillion))
        {
            await disk.DelayUntilTimeoutAsync();
            throw Unanswered();
        }

        if (disk.Happens(FaultKind.AppendLate, disk.Faults.AppendLatePerMillion))
        {
            // The write is out of the caller's hands: it happens even if the caller is dead by then.
            var late = disk.Faults.AnswerTimeout.Ticks + disk.Random.Next(1, disk.Faults.LateMax.Ticks + 1);
            disk.Time.PostAfter(late, disk.Time.World, _ => medium.TryAppend(copy), null);
            await disk.DelayUntilTimeoutAsync();
            throw Unanswered();
        }

        var isAnswerLost = disk.Happens(FaultKind.AppendUnknownWritten, disk.Faults.AppendUnknownWrittenPerMillion);
        await WriteAsync(copy, cancellationToken);
        if (isAnswerLost)
        {
            await disk.DelayUntilTimeoutAsync();
            throw Unanswered();
        }
    }

    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        ulong fromPosition,
        ulong toPosition,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        var end = Math.Min(medium.Next, toPosition == ulong.MaxValue ? toPosition : toPosition + 1);
        for (var position = fromPosition; position < end; position++)
        {
            if (position > fromPosition && (position - fromPosition) % EntriesPerRead == 0)
            {
                await ReadAsync(cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (disk.Happens(FaultKind.DamagedEntry, disk.Faults.DamagedPerMillion))
            {
                medium.Damage(position, disk.Random.Next(TimeSpan.FromTicks(1), disk.Faults.DamagedMax));
            }

            if (medium.IsDamaged(position))
            {
                throw new StorageException($"Journal entry {position} is damaged: its checksum differs. Restore it, or try again.");
            }

            yield return medium.Entries[(int)position];
        }
    }

    private static StorageException Unanswered() =>
        new("The disk did not answer in time. Whether it has written, or will write, is unknown.") { IsUnknown = true };

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await disk.DelayAsync(cancellationToken);
        medium.DiscardTornTail();
        if (disk.Happens(FaultKind.ReadFailed, disk.Faults.ReadFailedPerMillion))
        {
            throw new StorageException("The disk could not be read; try again.");
        }
    }

    private async Task WriteAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        var isWritten = false;
        var next = 0UL;
        var write = disk.Begin(
            () =>
            {
                next = medium.Next;
                isWritten = medium.TryAppend(entry);
            },
            () =>
            {
                if (medium.Tear(entry))
                {
                    disk.Count(FaultKind.TornTail);
                }
            });
        medium.Write = write;
        await disk.WriteAsync(write, cancellationToken);
        if (!isWritten)
        {
            Invariant.Holds(entry.Position < next);
            throw new JournalConflictException(entry.Position);
        }
    }

    private async Task ThrowIfRefusedAsync(CancellationToken cancellationToken)
    {
        if (!medium.IsFull && disk.Happens(FaultKind.StorageFull, disk.Faults.FullPerMillion))
        {
            medium.Fill(disk.Random.Next(TimeSpan.FromTicks(1), disk.Faults.FullMax));
        }

        if (medium.IsFull)
        {
            await disk.DelayAsync(cancellationToken);
            throw new StorageException("The disk is full. Nothing was written; make room.");
        }

        if (disk.Happens(FaultKind.AppendFailed, disk.Faults.AppendFailedPerMillion))
        {
            await disk.DelayAsync(cancellationToken);
            throw new StorageException("The disk refused to write. Nothing was written; try again.");
        }
    }
}
