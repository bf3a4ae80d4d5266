using Consortium.Ledger.Accounts;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;

namespace Consortium.Ledger.Execution;

/// <summary>Executes transactions one after another over a view: each sees all that came before it.</summary>
/// <remarks>Pure: the same view, transactions and times give the same results everywhere. Not for use by two threads.</remarks>
/// <param name="view">The values gathered from the shards; the changes of accepted transactions are written into it.</param>
public sealed class Executor(StateView view)
{
    private readonly Dictionary<StateKey, StateValue> _written = [];

    /// <summary>The values that accepted transactions have written since the last <see cref="TakeWritten"/>.</summary>
    public IReadOnlyDictionary<StateKey, StateValue> Written => _written;

    /// <summary>The state a transaction reads as far as its body alone tells; rules may ask for more.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="reads">Receives the keys; may repeat.</param>
    public static void DeclareReads(Transaction transaction, ICollection<StateKey> reads) =>
        TransactionCatalogue.Rules(transaction.Body.Kind).DeclareReads(transaction.Body, reads);

    /// <summary>Executes one transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="timeMs">Batch time, UTC milliseconds.</param>
    /// <returns>
    /// What became of it, or <see langword="null"/> when its rules asked for state that was not gathered: gather
    /// <see cref="StateView.TakeMissing"/> into the view and call again. Nothing is written before then.
    /// </returns>
    public ExecutedTransaction? TryExecute(Transaction transaction, ulong timeMs)
    {
        var context = new RuleContext(view, transaction, timeMs);
        TransactionCatalogue.Rules(transaction.Body.Kind).Execute(transaction.Body, context);
        if (view.Missing.Count > 0)
        {
            return null;
        }

        if (context.Rejected)
        {
            return new ExecutedTransaction(transaction, context.Rejections(), context.IsAuthorised);
        }

        Invariant.Holds(context.IsAuthorised);
        RequireZeroSums(context.Changes);
        foreach (var change in context.Changes)
        {
            view.Set(change.Key, change.Value);
            _written[change.Key] = change.Value;
        }

        return new ExecutedTransaction(transaction, [], IsAuthorised: true);
    }

    /// <summary>Executes one transaction over a view that has all state there is: what is missing does not exist.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="timeMs">Batch time, UTC milliseconds.</param>
    /// <returns>The transaction with its outcome.</returns>
    public ExecutedTransaction Execute(Transaction transaction, ulong timeMs)
    {
        while (true)
        {
            if (TryExecute(transaction, timeMs) is { } executed)
            {
                return executed;
            }

            foreach (var key in view.TakeMissing())
            {
                view.Set(key, null);
            }
        }
    }

    /// <summary>Hands over the values written since the last call and forgets them, so that the next batch starts with none.</summary>
    /// <returns>The last value written under each key, in no order.</returns>
    public IReadOnlyList<StateChange> TakeWritten()
    {
        var changes = new List<StateChange>(_written.Count);
        foreach (var (key, value) in _written)
        {
            changes.Add(new StateChange(key, value));
        }

        _written.Clear();
        return changes;
    }

    // Checked apart from the posting that made the changes: every instrument sums to zero, even if the rules of a kind are wrong.
    private void RequireZeroSums(IReadOnlyList<StateChange> changes)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i].Value is not Holding || IsEarlier(changes, i))
            {
                continue;
            }

            var sum = Int128.Zero;
            for (var j = i; j < changes.Count; j++)
            {
                if (changes[j].Value is Holding holding && changes[j].Key.Instrument == changes[i].Key.Instrument)
                {
                    sum += holding.Posted - ((Holding?)view.Get(changes[j].Key) ?? Holding.Empty).Posted;
                }
            }

            Invariant.Holds(sum == 0);
        }
    }

    private static bool IsEarlier(IReadOnlyList<StateChange> changes, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (changes[i].Value is Holding && changes[i].Key.Instrument == changes[index].Key.Instrument)
            {
                return true;
            }
        }

        return false;
    }
}
