using Consortium.Consensus.Ports;
using Consortium.Consensus.Shards;
using Consortium.Simulation.Checkers.Reference;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>A snapshot holds the state after the first batch that follows its block.</summary>
internal sealed class SnapshotLate : Defect
{
    public override ISnapshotStore Snapshots(ISnapshotStore snapshots, ConsensusActivation activation) =>
        new Late(snapshots, activation.Cluster.Checkers.Ledger);

    private sealed class Late(ISnapshotStore snapshots, ReferenceLedger ledger) : SnapshotsDecorator(snapshots)
    {
        public override ValueTask SaveAsync(Snapshot snapshot, CancellationToken cancellationToken)
        {
            var last = ledger.BlockAt(snapshot.Height)?.Header.LastPosition ?? 0;
            var after = ledger.Transactions.FirstOrDefault(transaction => transaction.Position > last).Position;
            return base.SaveAsync(after == 0 ? snapshot : At(snapshot, after), cancellationToken);
        }

        private Snapshot At(Snapshot snapshot, ulong position) => snapshot with
        {
            Parts =
            [
                snapshot.Parts[0],
                .. Enumerable.Range(0, ledger.Genesis.Shards).Select(shard => StateShard.Export(ledger.Rebuild(shard, position).ToArray())),
            ],
        };
    }
}
