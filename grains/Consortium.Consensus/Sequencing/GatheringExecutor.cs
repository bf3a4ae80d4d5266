using Consortium.Ledger.Execution;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;

namespace Consortium.Consensus.Sequencing;

/// <summary>Executes transactions over state that is elsewhere: gathers what their rules ask for and runs them again, until they have all.</summary>
/// <param name="executor">Executes over the view.</param>
/// <param name="view">What was gathered so far.</param>
/// <param name="gather">Puts values of keys into the view, or their absence.</param>
public sealed class GatheringExecutor(
    Executor executor,
    StateView view,
    Func<IReadOnlyList<StateKey>, CancellationToken, ValueTask> gather)
{
    /// <summary>Executes one transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="timeMs">Batch time.</param>
    /// <param name="cancellationToken">Stops gathering.</param>
    /// <returns>What became of it.</returns>
    public async ValueTask<ExecutedTransaction> ExecuteAsync(Transaction transaction, ulong timeMs, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (executor.TryExecute(transaction, timeMs) is { } executed)
            {
                return executed;
            }

            await gather(view.TakeMissing(), cancellationToken);
        }
    }
}
