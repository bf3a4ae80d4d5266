using System.Collections.Concurrent;
using Consortium.Consensus.Sequencing;
using Consortium.Ledger.Execution;
using Consortium.Ledger.Ids;

namespace Consortium.Node;

/// <summary>Batches that the ledger index does not have yet, so that what was acknowledged is found at once.</summary>
internal sealed class RecentBatches
{
    // Receipts are read right after their batch is acknowledged; a little longer than that keeps them off the journal.
    private const int TransactionsKeptAfterIndexing = 20_000;

    private readonly ConcurrentDictionary<ulong, OrderedBatch> _batches = new();
    private readonly ConcurrentDictionary<TransactionId, (ulong Position, int Index)> _places = new();
    private readonly Queue<OrderedBatch> _indexed = new();
    private ulong _oldest = 1;
    private int _indexedTransactions;

    public void Add(OrderedBatch batch)
    {
        _batches[batch.Position] = batch;
        for (var i = 0; i < batch.Executed.Count; i++)
        {
            _places[batch.Executed[i].Transaction.Id] = (batch.Position, i);
        }
    }

    public bool TryFind(TransactionId id, out (ulong Position, int Index) place) => _places.TryGetValue(id, out place);

    public RecordedTransaction? TryRead(ulong position, int index)
    {
        if (!_batches.TryGetValue(position, out var batch) || index < 0 || index >= batch.Executed.Count)
        {
            return null;
        }

        var executed = batch.Executed[index];
        var receipt = ExecutedTransaction.Receipt(executed.Transaction.Id, position, index, batch.TimeMs, executed.ToOutcome());
        return new RecordedTransaction(executed.Transaction.Id, executed.Transaction.SignedBytes, receipt);
    }

    /// <summary>Forgets batches that the index has, but for the newest of them. Called by one thread.</summary>
    public void Forget(ulong lastIndexed)
    {
        for (; _oldest <= lastIndexed; _oldest++)
        {
            if (_batches.TryGetValue(_oldest, out var batch))
            {
                _indexed.Enqueue(batch);
                _indexedTransactions += batch.Executed.Count;
            }
        }

        while (_indexedTransactions > TransactionsKeptAfterIndexing)
        {
            var batch = _indexed.Dequeue();
            _indexedTransactions -= batch.Executed.Count;
            _batches.TryRemove(batch.Position, out _);
            foreach (var executed in batch.Executed)
            {
                _places.TryRemove(executed.Transaction.Id, out _);
            }
        }
    }
}
