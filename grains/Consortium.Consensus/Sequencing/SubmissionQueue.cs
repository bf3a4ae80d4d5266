using Consortium.Ledger;

namespace Consortium.Consensus.Sequencing;

/// <summary>The transactions that wait to be ordered, bounded in number.</summary>
internal sealed class SubmissionQueue(int transactionsMax, Signal arrived)
{
    private readonly Lock _lock = new();
    private readonly Queue<QueuedTransaction> _items = new();
    private Refused? _closed;

    public int Length
    {
        get
        {
            lock (_lock)
            {
                return _items.Count;
            }
        }
    }

    /// <summary>Queues all transactions of a submission or, when they do not fit, none of them.</summary>
    public Refused? TryAdd(Submission submission)
    {
        var count = submission.Transactions.Count;
        lock (_lock)
        {
            if (_closed is not null)
            {
                return _closed;
            }

            if (_items.Count + count > transactionsMax)
            {
                return new Refused(
                    Refusal.Overloaded,
                    $"{_items.Count} transactions wait already; {transactionsMax} is the most. Nothing of this request was ordered.");
            }

            for (var i = 0; i < count; i++)
            {
                _items.Enqueue(new QueuedTransaction(submission, i));
            }
        }

        ConsensusInstruments.Queue.Add(count);
        arrived.Set();
        return null;
    }

    /// <summary>Takes the transactions that have waited longest.</summary>
    public IReadOnlyList<QueuedTransaction> Take(int max)
    {
        List<QueuedTransaction> taken;
        lock (_lock)
        {
            taken = new List<QueuedTransaction>(Math.Min(max, _items.Count));
            while (taken.Count < max && _items.TryDequeue(out var item))
            {
                taken.Add(item);
            }
        }

        if (taken.Count > 0)
        {
            ConsensusInstruments.Queue.Add(-taken.Count);
        }

        return taken;
    }

    /// <summary>Answers all that waits, and all that comes from now on, with one refusal.</summary>
    public void Close(Refused refused)
    {
        List<QueuedTransaction> left;
        lock (_lock)
        {
            _closed = refused;
            left = [.. _items];
            _items.Clear();
        }

        ConsensusInstruments.Queue.Add(-left.Count);
        foreach (var item in left)
        {
            item.Answer(refused);
        }
    }
}
