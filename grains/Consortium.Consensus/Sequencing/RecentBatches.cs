using System.Collections.Concurrent;
using Consortium.Ledger.Ids;

namespace Consortium.Consensus.Sequencing;

/// <summary>Keeps the batches that the ledger index does not have yet, so that a receipt can be read as soon as it is acknowledged.</summary>
public sealed class RecentBatches
{
    // Receipts are read right after their batch is acknowledged; a little longer than that keeps them off the journal.
    private const int TransactionsKeptAfterIndexing = 20_000;

    private readonly ConcurrentDictionary<ulong, OrderedBatch> _batches = new();
    private readonly ConcurrentDictionary<TransactionId, (ulong Position, int Index)> _places = new();
    private readonly Queue<OrderedBatch> _indexed = new();
    private ulong _oldest = 1;
    private int _indexedTransactions;

    /// <summary>Remembers a batch.</summary>
    /// <param name="batch">The batch.</param>
    public void Add(OrderedBatch batch)
    {
        _batches[batch.Position] = batch;
        for (var i = 0; i < batch.Executed.Count; i++)
        {
            _places[batch.Executed[i].Transaction.Id] = (batch.Position, i);
        }
    }

    /// <summary>Finds a transaction.</summary>
    /// <param name="id">The transaction.</param>
    /// <param name="place">Journal position and index of the transaction, or <see langword="default"/>.</param>
    /// <returns>Whether the transaction is in a batch that is kept here.</returns>
    public bool TryFind(TransactionId id, out (ulong Position, int Index) place) => _places.TryGetValue(id, out place);

    /// <summary>Finds the batch of a place.</summary>
    /// <param name="position">Journal position of the batch.</param>
    /// <param name="index">Place in the batch.</param>
    /// <returns>The batch, or <see langword="null"/> when it is forgotten, not known yet, or has no such place.</returns>
    public OrderedBatch? TryRead(ulong position, int index) =>
        _batches.TryGetValue(position, out var batch) && index >= 0 && index < batch.Executed.Count ? batch : null;

    /// <summary>Forgets batches that the index has, but for the newest of them. Called by one thread.</summary>
    /// <param name="lastIndexed">Position of the last batch that the index has.</param>
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
