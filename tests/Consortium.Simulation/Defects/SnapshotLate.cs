using Consortium.Consensus.Ports;
using Consortium.Consensus.Shards;
using Consortium.Simulation.Checkers.Reference;
using Consortium.Simulation.Cluster;
using Consortium.Simulation.Memory;

namespace Consortium.Simulation.Defects;

/// <summary>A snapshot holds the state after the first batch that follows its block.</summary>
internal sealed class SnapshotLate : Defect
{
    public override ISnapshotStore Snapshots(ISnapshotStore snapshots, ConsensusActivation activation) =>
        new Late(snapshots, activation.Cluster.Checkers.Ledger);

    private sealed class Late(ISnapshotStore snapshots, ReferenceLedger ledger) : SnapshotsDecorator(snapshots)
    {
        protected override Snapshot Write(Snapshot snapshot)
        {
            var last = ledger.BlockAt(snapshot.Height)?.Header.LastPosition ?? 0;
            var after = ledger.Transactions.FirstOrDefault(transaction => transaction.Position > last).Position;
            return after == 0 || SnapshotPieces.Read(snapshot) is not { } pieces
                ? snapshot
                : (pieces with { Shards = StateAt(after) }).ToSnapshot(snapshot.Height);
        }

        private ILookup<int, ReadOnlyMemory<byte>> StateAt(ulong position) => Enumerable.Range(0, ledger.Genesis.Shards).ToLookup(
            shard => shard,
            shard => (ReadOnlyMemory<byte>)ShardSlice.Write(ledger.Rebuild(shard, position).ToArray()));
    }
}
