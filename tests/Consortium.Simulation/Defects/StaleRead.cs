using Consortium.Consensus.Ports;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Consortium.Simulation.Checkers.Reference;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>A shard answers readers from before its last batch, and names that batch.</summary>
internal sealed class StaleRead : Defect
{
    public override IStateShard ReadShard(IStateShard shard, int number, SimulatedCluster cluster) => new Stale(shard, cluster.Checkers.Ledger);

    private sealed class Stale(IStateShard shard, ReferenceLedger ledger) : ShardDecorator(shard)
    {
        public override async ValueTask<ShardHoldings> HoldingsAsync(AccountId account, CancellationToken cancellationToken)
        {
            var (position, now) = await base.HoldingsAsync(account, cancellationToken);
            if (position == 0)
            {
                return new ShardHoldings(position, now);
            }

            var before = new List<KeyValuePair<StateKey, byte[]>>(now.Count);
            foreach (var holding in ledger.FindAccount(account)?.Holdings ?? [])
            {
                if (holding.At(position - 1) is { } value)
                {
                    before.Add(KeyValuePair.Create(holding.Key, value.Encode()));
                }
            }

            return new ShardHoldings(position, before);
        }
    }
}
