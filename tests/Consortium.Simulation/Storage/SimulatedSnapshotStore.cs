using System.Runtime.CompilerServices;
using Consortium.Consensus.Ports;
using Consortium.Simulation.Engine;
using Consortium.Simulation.Faults;
using Consortium.Simulation.Memory;

namespace Consortium.Simulation.Storage;

/// <summary>One process's access to snapshots.</summary>
/// <remarks>It is worse than the port promises: without checksums, the snapshots that it reads may be damaged.</remarks>
internal sealed class SimulatedSnapshotStore(SnapshotMedium medium, SimulatedDisk disk) : ISnapshotStore
{
    public async ValueTask<ISnapshotWriter> BeginAsync(ulong height, CancellationToken cancellationToken)
    {
        await disk.DelayAsync(cancellationToken);
        return new SnapshotCollector(height, SaveAsync);
    }

    public async IAsyncEnumerable<IStoredSnapshot> ReadNewestFirstAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await disk.DelayAsync(cancellationToken);
        if (disk.Happens(FaultKind.ReadFailed, disk.Faults.ReadFailedPerMillion))
        {
            throw new StorageException("The snapshots could not be read; try again.");
        }

        Spoil();
        foreach (var snapshot in medium.NewestFirst.ToArray())
        {
            cancellationToken.ThrowIfCancellationRequested();
            disk.Note(EventKind.SnapshotRead, "", snapshot.Height);
            yield return snapshot;
            await disk.DelayAsync(cancellationToken);
        }
    }

    // Saved as a whole: a kill in the middle leaves nothing of a snapshot, however many parts were written.
    private async ValueTask SaveAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (disk.Happens(FaultKind.SnapshotFailed, disk.Faults.SnapshotFailedPerMillion))
        {
            await disk.DelayAsync(cancellationToken);
            throw new StorageException("The snapshot could not be written; try again.");
        }

        await disk.WriteAsync(disk.Begin(() => medium.Keep(snapshot), null), cancellationToken);
        disk.Note(EventKind.SnapshotSaved, "", snapshot.Height);
    }

    private void Spoil()
    {
        if (medium.NewestFirst.Count == 0)
        {
            return;
        }

        if (disk.Happens(FaultKind.SnapshotMissing, disk.Faults.SnapshotMissingPerMillion))
        {
            medium.Lose();
        }
        else if (disk.Happens(FaultKind.SnapshotStale, disk.Faults.SnapshotStalePerMillion))
        {
            if (disk.Random.Next(2) == 0)
            {
                medium.LoseNewest();
            }
            else
            {
                medium.Swap();
            }
        }
        else if (disk.Random.Happens(disk.Faults.SnapshotDamagedPerMillion) && medium.Damage(disk.Random))
        {
            disk.Count(FaultKind.SnapshotDamaged);
        }
    }
}
