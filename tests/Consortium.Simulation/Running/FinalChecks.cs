using Consortium.Consensus.Exporting;
using Consortium.Consensus.Ports;
using Consortium.Simulation.Checkers;
using Consortium.Simulation.Cluster;
using Consortium.Simulation.Memory;

namespace Consortium.Simulation.Running;

/// <summary>The checks at the end of a run, when it has come to rest: shards, index, export, and the outcome of every submission.</summary>
internal static class FinalChecks
{
    public static async Task RunAsync(SimulatedCluster cluster)
    {
        var checkers = cluster.Checkers;
        for (var shard = 0; shard < cluster.Genesis.Shards; shard++)
        {
            var (position, live) = cluster.Directory.Shard(shard).Role.Live();
            checkers.OnShardLive(shard, position, live);
        }

        if (cluster.Directory.Consensus is { } consensus)
        {
            await CheckIndexAsync(checkers, consensus.Silo.Index);
        }

        await CheckExportAsync(cluster);
        checkers.Finish(buried: true);
    }

    private static async Task CheckIndexAsync(CheckerSet checkers, ILedgerIndex index)
    {
        checkers.OnIndexHeight(index.Height);
        foreach (var account in checkers.Ledger.Accounts)
        {
            checkers.OnHoldingsAt(account, index.Height, await index.HoldingsAtAsync(account, index.Height, CancellationToken.None));
        }

        var last = checkers.Ledger.BlockAt(index.Height)?.Header.LastPosition ?? 0;
        foreach (var transaction in checkers.Ledger.Transactions)
        {
            if (transaction.Position <= last)
            {
                checkers.OnPlaces(transaction.Id, await index.FindTransactionAsync(transaction.Id, CancellationToken.None));
            }
        }
    }

    private static async Task CheckExportAsync(SimulatedCluster cluster)
    {
        var journal = new MemoryJournal();
        foreach (var entry in cluster.Journal.Entries)
        {
            await journal.AppendAsync(entry, CancellationToken.None);
        }

        using var export = new MemoryStream();
        await JournalExport.WriteAsync(journal, cluster.Journal.Next - 1, ulong.MaxValue, export, CancellationToken.None);
        cluster.Checkers.OnExport(export.ToArray(), cluster.Checkers.Ledger.TipHeight);
    }
}
