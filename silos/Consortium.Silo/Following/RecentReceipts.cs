using Consortium.Gateway.Node;
using Consortium.Ledger.Ids;

namespace Consortium.Silo.Following;

/// <summary>What was submitted through this process lately, so that receipts need no look into the journal.</summary>
internal sealed class RecentReceipts
{
    private const int TransactionsMax = 20_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<TransactionId, RecordedTransaction> _byId = [];
    private readonly Dictionary<(ulong Position, int Index), RecordedTransaction> _byPlace = [];
    private readonly Queue<RecordedTransaction> _order = new();

    public void Add(RecordedTransaction transaction)
    {
        lock (_lock)
        {
            if (!_byId.TryAdd(transaction.Id, transaction))
            {
                return;
            }

            _byPlace[(transaction.Position, transaction.Index)] = transaction;
            _order.Enqueue(transaction);
            if (_order.Count > TransactionsMax)
            {
                var oldest = _order.Dequeue();
                _byId.Remove(oldest.Id);
                _byPlace.Remove((oldest.Position, oldest.Index));
            }
        }
    }

    public RecordedTransaction? Find(TransactionId id)
    {
        lock (_lock)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    public RecordedTransaction? Read(ulong position, int index)
    {
        lock (_lock)
        {
            return _byPlace.GetValueOrDefault((position, index));
        }
    }
}
