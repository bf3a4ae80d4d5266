using Consortium.Consensus.Ports;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Execution;
using Consortium.Ledger.State;

namespace Consortium.Consensus.Sequencing;

/// <summary>Collects the batches and changes of the block that will be cut next.</summary>
internal sealed class OpenBlock
{
    private readonly Dictionary<StateKey, StateValue> _changes = [];
    private readonly List<IndexedTransaction> _transactions = [];

    public BlockLeaves Leaves { get; } = new();

    public IReadOnlyList<IndexedTransaction> Transactions => _transactions;

    public IReadOnlyList<StateChange> Changes => [.. _changes.Select(pair => new StateChange(pair.Key, pair.Value))];

    public void Add(ulong position, ulong timeMs, IReadOnlyList<ExecutedTransaction> executed, IReadOnlyList<StateChange> changes)
    {
        Leaves.AddBatch(timeMs, executed);
        for (var i = 0; i < executed.Count; i++)
        {
            _transactions.Add(new IndexedTransaction(executed[i].Transaction.Id, position, i));
        }

        foreach (var change in changes)
        {
            _changes[change.Key] = change.Value;
        }
    }
}
