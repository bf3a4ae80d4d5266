using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;
using Consortium.Simulation.Engine;
using Consortium.Simulation.Faults;

namespace Consortium.Simulation.Cluster;

/// <summary>The gateway of a silo: checks transactions, passes them on to consensus, asks again when no answer comes.</summary>
internal sealed class SimulatedGateway(SimulatedCluster cluster, SimulatedSilo silo)
{
    private const int Attempts = 3;

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(8);

    private ConsensusActivation? _consensus;
    private IStateShard[]? _shards;

    /// <summary>Submits signed transactions.</summary>
    /// <returns>One answer per transaction, in their order.</returns>
    public async Task<IReadOnlyList<OrderResult>> SubmitAsync(IReadOnlyList<ReadOnlyMemory<byte>> signed, IReadOnlyList<TransactionId> ids)
    {
        var verifier = cluster.Defect.Verifier(cluster.Signatures);
        var results = new OrderResult[signed.Count];
        var places = new List<int>(signed.Count);
        var transactions = new List<Transaction>(signed.Count);
        for (var i = 0; i < signed.Count; i++)
        {
            var refused = TransactionCodec.TryCheck(signed[i], cluster.Genesis.Network, verifier, out var transaction);
            if (transaction is null)
            {
                results[i] = OrderResult.Refuse(ids[i], refused!);
                cluster.Totals.Refused++;
                continue;
            }

            places.Add(i);
            transactions.Add(transaction);
        }

        var ordered = transactions.Count == 0 ? [] : await OrderAsync(transactions);
        for (var i = 0; i < places.Count; i++)
        {
            results[places[i]] = ordered[i];
        }

        return results;
    }

    /// <summary>Reads an account's holdings in the live state.</summary>
    /// <exception cref="StorageException">The shard cannot be reached or is being restored.</exception>
    public Task<ShardHoldings> HoldingsAsync(AccountId account)
    {
        _shards ??= [.. Enumerable
            .Range(0, cluster.Genesis.Shards)
            .Select(shard => cluster.Defect.ReadShard(new ShardProxy(cluster, silo.Process, shard), shard, cluster))];
        return _shards[StateKey.Account(account).Shard(cluster.Genesis.ShardCount)].HoldingsAsync(account, CancellationToken.None).AsTask();
    }

    /// <summary>Reads an account's holdings at a height; nothing when no index is that far.</summary>
    public async Task<IReadOnlyList<IndexedHolding>?> HoldingsAtAsync(AccountId account, ulong height)
    {
        var consensus = cluster.Directory.Consensus;
        return consensus is null
            ? null
            : await cluster.Network.CallAsync(
                silo.Process,
                consensus.Process,
                MessageKind.Query,
                AnswerTimeout,
                () => consensus.HoldingsAtAsync(account, height));
    }

    private async Task<IReadOnlyList<OrderResult>> OrderAsync(List<Transaction> transactions)
    {
        for (var attempt = 1; ; attempt++)
        {
            // The known activation may have ended; only its answer tells.
            var consensus = _consensus ??= cluster.Directory.Consensus;
            if (consensus is not null)
            {
                try
                {
                    var results = await cluster.Network.CallAsync(
                        silo.Process,
                        consensus.Process,
                        MessageKind.Order,
                        AnswerTimeout,
                        () => consensus.SubmitAsync(transactions));
                    if (attempt == Attempts || !IsNotServing(results))
                    {
                        return results;
                    }
                }
                catch (SimulatedTimeoutException)
                {
                    // The transaction may have been ordered; asked again, the sequencer answers with the first outcome.
                }
            }

            _consensus = null;
            if (attempt == Attempts)
            {
                return Refuse(transactions, new Refused(Refusal.NotServing, "Consensus did not answer."));
            }

            cluster.Count(FaultKind.GatewayRetried);
            await Task.Delay(TimeSpan.FromMilliseconds(300), silo.Process.Clock);
        }
    }

    private static bool IsNotServing(IReadOnlyList<OrderResult> results)
    {
        foreach (var result in results)
        {
            if (result.Refused?.Code == Refusal.NotServing)
            {
                return true;
            }
        }

        return false;
    }

    private static OrderResult[] Refuse(List<Transaction> transactions, Refused refused) =>
        [.. transactions.Select(transaction => OrderResult.Refuse(transaction.Id, refused))];
}
