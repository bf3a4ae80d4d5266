using Consortium.Ledger.Transactions;

namespace Consortium.Consensus.Sequencing;

/// <summary>Transactions that one caller waits for together.</summary>
internal sealed class Submission(IReadOnlyList<Transaction> transactions)
{
    private readonly OrderResult[] _results = new OrderResult[transactions.Count];
    private readonly TaskCompletionSource<IReadOnlyList<OrderResult>> _done =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly bool[] _answered = new bool[transactions.Count];
    private int _open = transactions.Count;

    public IReadOnlyList<Transaction> Transactions => transactions;

    /// <summary>Completes when every transaction has its answer.</summary>
    public Task<IReadOnlyList<OrderResult>> Done => _done.Task;

    /// <summary>Answers one transaction; the first answer counts.</summary>
    public void Answer(int index, OrderResult result)
    {
        if (_answered[index])
        {
            return;
        }

        _answered[index] = true;
        _results[index] = result;
        if (--_open == 0)
        {
            _done.SetResult(_results);
        }
    }
}
