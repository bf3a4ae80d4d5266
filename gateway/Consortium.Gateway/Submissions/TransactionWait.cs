using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Node;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;

namespace Consortium.Gateway.Submissions;

/// <summary>Waits for a transaction that somebody else may have submitted.</summary>
internal sealed class TransactionWait(NodeSource nodes, ReaderCheck readers, Submitter submitter, TimeProvider timeProvider)
{
    /// <summary>Waits until a transaction is ordered, and then until it has reached a finality level.</summary>
    /// <returns>The receipt, and whether the level was reached in time.</returns>
    /// <exception cref="RefusalException">The transaction was not ordered in time, or this caller may not read it.</exception>
    public async Task<SubmissionAnswer> RunAsync(
        Credentials credentials,
        string id,
        FinalityLevel level,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        readers.RequireKnown(credentials, node);
        var transaction = Parameters.Transaction(id);
        var started = timeProvider.GetTimestamp();
        var recorded = await FindAsync(node, transaction, timeout, cancellationToken)
            ?? throw new RefusalException(Refusal.NotFound, $"No transaction {id} was ordered within {(int)timeout.TotalSeconds} s.");
        readers.RequireReader(credentials, node, TransactionCodec.DecodeTrusted(recorded.SignedBytes, node.Genesis.Network).Signers);
        var left = timeout - timeProvider.GetElapsedTime(started);
        var inTime = await submitter.WaitAsync(
            node,
            recorded.Position,
            level,
            left > TimeSpan.Zero ? left : TimeSpan.Zero,
            cancellationToken);
        var result = new SubmissionResult(transaction, Refused: null, recorded, IsDuplicate: false);
        return await SubmissionRun.DescribeAsync(node, [result], inTime ? null : Waits.TimedOut(level, timeout), cancellationToken);
    }

    private async Task<RecordedTransaction?> FindAsync(
        ILedgerNode node,
        TransactionId id,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        while (true)
        {
            // The head is read before the search: a batch that is ordered during the search then ends the wait at once.
            var head = node.Progress.Now.Position;
            if (await node.FindTransactionAsync(id, cancellationToken) is { } found)
            {
                return found;
            }

            // While others' transactions are ordered all the time, there is always something new to look for.
            if (timer.IsCancellationRequested)
            {
                return null;
            }

            try
            {
                await node.Progress.WaitAsync(now => now.Position > head, linked.Token);
            }
            catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }
    }
}
