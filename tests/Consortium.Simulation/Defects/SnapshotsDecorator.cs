using Consortium.Consensus.Ports;

namespace Consortium.Simulation.Defects;

/// <summary>Snapshots that do what others do, until something of them is overridden.</summary>
internal abstract class SnapshotsDecorator(ISnapshotStore snapshots) : ISnapshotStore
{
    public virtual ValueTask SaveAsync(Snapshot snapshot, CancellationToken cancellationToken) =>
        snapshots.SaveAsync(snapshot, cancellationToken);

    public virtual IAsyncEnumerable<Snapshot> ReadNewestFirstAsync(CancellationToken cancellationToken) =>
        snapshots.ReadNewestFirstAsync(cancellationToken);
}
