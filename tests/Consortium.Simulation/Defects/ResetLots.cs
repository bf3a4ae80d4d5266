using System.Numerics;
using Consortium.Consensus.Ports;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.State;
using Consortium.Simulation.Checkers.Reference;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>Units that an owner moves between its own accounts count as acquired by the move.</summary>
internal sealed class ResetLots : Defect
{
    public override IStateShard Shard(IStateShard shard, int number, ConsensusActivation activation) =>
        new Resetting(shard, activation.Cluster.Checkers.Ledger);

    private sealed class Resetting(IStateShard shard, ReferenceLedger ledger) : ShardDecorator(shard)
    {
        public override ValueTask ApplyAsync(Epoch epoch, ShardWrites writes, CancellationToken cancellationToken)
        {
            // On recovery, older batches come again; they are left as they are.
            var last = ledger.Transactions[^1];
            return base.ApplyAsync(
                epoch,
                last.Position == writes.Position
                    ? writes with { Values = [.. writes.Values.Select(pair => Reset(pair, last.Position, (long)last.TimeMs / 1000))] }
                    : writes,
                cancellationToken);
        }

        private KeyValuePair<StateKey, byte[]> Reset(KeyValuePair<StateKey, byte[]> pair, ulong position, long seconds)
        {
            if (pair.Key.Kind != StateKind.Holding || Holding.Decode(pair.Value) is not { } after || after.Posted <= 0)
            {
                return pair;
            }

            // Units from another owner are acquired now: if less was added than they weigh, older ones came from an own account.
            var before = ledger.FindKey(pair.Key)?.At(position - 1) as Holding ?? Holding.Empty;
            var added = (BigInteger)(after.Posted - before.Posted);
            return added > 0 && Acquired(after) - Acquired(before) < added * seconds
                ? KeyValuePair.Create(pair.Key, (after with { Lots = Lots.None.Add(Lot.Acquired((UInt128)after.Posted, seconds)) }).Encode())
                : pair;
        }

        private static BigInteger Acquired(Holding holding)
        {
            var sum = BigInteger.Zero;
            foreach (var lot in holding.Lots.Items)
            {
                sum += lot.SecondsAcquired;
            }

            return sum;
        }
    }
}
