using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Gateway.Node;
using Consortium.Gateway.Node.Diagnostics;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Consortium.Ledger.Transactions;

namespace Consortium.Tests.Gateway;

/// <summary>Passes calls to a real node, except for the answers that a test replaces.</summary>
internal sealed class DelegatingNode(ILedgerNode inner) : ILedgerNode
{
    public Func<IReadOnlyList<Transaction>, Task<IReadOnlyList<OrderResult>>>? Submit { get; set; }

    public NodeStatus? StatusGiven { get; set; }

    public Exception? Failure { get; set; }

    /// <summary>A key that reads treat as absent.</summary>
    public StateKey? Absent { get; set; }

    /// <summary>Called before a transaction is looked up.</summary>
    public Action? Finding { get; set; }

    public Genesis Genesis => inner.Genesis;

    public LedgerProgress Progress => inner.Progress;

    public NodeStatus Status => StatusGiven ?? inner.Status;

    public int QueueLength => inner.QueueLength;

    public ILedgerIndex Index => inner.Index;

    public Task<IReadOnlyList<OrderResult>> SubmitAsync(IReadOnlyList<Transaction> transactions) =>
        Submit is null ? inner.SubmitAsync(transactions) : Submit(transactions);

    public Task<DryRun> DryRunAsync(Transaction transaction, CancellationToken cancellationToken) =>
        inner.DryRunAsync(transaction, cancellationToken);

    public ValueTask<StateValue?> ReadAsync(StateKey key, CancellationToken cancellationToken) =>
        Failure is not null ? throw Failure : key == Absent ? default : inner.ReadAsync(key, cancellationToken);

    public ValueTask<AccountHoldings> HoldingsAsync(AccountId account, CancellationToken cancellationToken) =>
        inner.HoldingsAsync(account, cancellationToken);

    public ValueTask<RecordedTransaction?> FindTransactionAsync(TransactionId id, CancellationToken cancellationToken)
    {
        Finding?.Invoke();
        return inner.FindTransactionAsync(id, cancellationToken);
    }

    public ValueTask<RecordedTransaction?> ReadTransactionAsync(ulong position, int index, CancellationToken cancellationToken) =>
        inner.ReadTransactionAsync(position, index, cancellationToken);

    public ValueTask<RecordedBlock?> ReadBlockAsync(ulong height, CancellationToken cancellationToken) =>
        inner.ReadBlockAsync(height, cancellationToken);

    public ValueTask<BlockSeal?> ReadBlockHeaderAsync(ulong height, CancellationToken cancellationToken) =>
        inner.ReadBlockHeaderAsync(height, cancellationToken);

    public IAsyncEnumerable<JournalEntry> ReadJournalAsync(ulong fromPosition, ulong toPosition, CancellationToken cancellationToken) =>
        inner.ReadJournalAsync(fromPosition, toPosition, cancellationToken);

    public Task ExportAsync(Stream destination, ulong toHeight, CancellationToken cancellationToken) =>
        inner.ExportAsync(destination, toHeight, cancellationToken);

    public Task<byte[]> ProveStateAsync(StateKey key, CancellationToken cancellationToken) =>
        inner.ProveStateAsync(key, cancellationToken);

    public Task<LedgerDiagnosis> DiagnoseAsync(CancellationToken cancellationToken) => inner.DiagnoseAsync(cancellationToken);

    public Task<byte[]?> ProveTransactionAsync(TransactionId id, CancellationToken cancellationToken) =>
        inner.ProveTransactionAsync(id, cancellationToken);
}
