using Consortium.Ledger.Execution;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;

namespace Consortium.Consensus.Sequencing;

/// <summary>Executes transactions over the shards' state: gathers the keys that rules ask for, and runs them again until none is missing.</summary>
/// <param name="executor">Executes over the view.</param>
/// <param name="view">The values gathered so far.</param>
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
    /// <returns>The transaction with its outcome.</returns>
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
