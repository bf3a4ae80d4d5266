using System.Diagnostics;
using Consortium.Ledger.Transactions;

namespace Consortium.Consensus.Sequencing;

/// <summary>The transactions of one call, whose answers the caller awaits together.</summary>
/// <param name="transactions">The transactions.</param>
/// <param name="timeProvider">Measures how long they waited.</param>
/// <param name="spans">Spans that end with the last answer; empty when nobody listens.</param>
internal sealed class Submission(IReadOnlyList<Transaction> transactions, TimeProvider timeProvider, IReadOnlyList<Activity> spans)
{
    private readonly OrderResult[] _results = new OrderResult[transactions.Count];
    private readonly TaskCompletionSource<IReadOnlyList<OrderResult>> _done =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly bool[] _answered = new bool[transactions.Count];
    private readonly long _arrived = timeProvider.GetTimestamp();
    private int _open = transactions.Count;

    public IReadOnlyList<Transaction> Transactions => transactions;

    public IReadOnlyList<Activity> Spans => spans;

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
            ConsensusInstruments.OrderSeconds.Record(timeProvider.GetElapsedTime(_arrived).TotalSeconds);
            EndSpans();
            _done.SetResult(_results);
        }
    }

    /// <summary>Ends the spans of a submission that was not taken in, or was answered.</summary>
    public void EndSpans()
    {
        foreach (var span in spans)
        {
            ConsensusInstruments.EndDetached(span);
        }
    }
}
