using System.Runtime.CompilerServices;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>The duplicate window does not come back with a snapshot.</summary>
internal sealed class ForgetWindow : Defect
{
    public override ISnapshotStore Snapshots(ISnapshotStore snapshots, ConsensusActivation activation) => new Forgetting(snapshots);

    private sealed class Forgetting(ISnapshotStore snapshots) : SnapshotsDecorator(snapshots)
    {
        public override async IAsyncEnumerable<Snapshot> ReadNewestFirstAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var snapshot in base.ReadNewestFirstAsync(cancellationToken))
            {
                yield return SnapshotManifest.TryRead(snapshot.Parts[0]) is { } manifest
                    ? snapshot with { Parts = [(manifest with { Window = [] }).ToArray(), .. snapshot.Parts.Skip(1)] }
                    : snapshot;
            }
        }
    }
}
