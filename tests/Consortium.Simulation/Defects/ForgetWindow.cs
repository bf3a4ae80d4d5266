using Consortium.Consensus.Ports;
using Consortium.Simulation.Cluster;
using Consortium.Simulation.Memory;

namespace Consortium.Simulation.Defects;

/// <summary>The duplicate window does not come back with a snapshot.</summary>
internal sealed class ForgetWindow : Defect
{
    public override ISnapshotStore Snapshots(ISnapshotStore snapshots, ConsensusActivation activation) => new Forgetting(snapshots);

    private sealed class Forgetting(ISnapshotStore snapshots) : SnapshotsDecorator(snapshots)
    {
        protected override Snapshot Read(Snapshot snapshot) => SnapshotPieces.Read(snapshot) is { } pieces
            ? (pieces with { Manifest = pieces.Manifest with { WindowCount = 0 }, Window = [] }).ToSnapshot(snapshot.Height)
            : snapshot;
    }
}
