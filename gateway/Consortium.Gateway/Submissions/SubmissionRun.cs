using Consortium.Api;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Node;
using Consortium.Gateway.Rates;
using Consortium.Ledger;

namespace Consortium.Gateway.Submissions;

/// <summary>Carries the transactions of a request from the check of the caller's rate to their receipts, for HTTP and gRPC alike.</summary>
internal sealed class SubmissionRun(CallerRates rates, Submitter submitter)
{
    /// <summary>Has a request's transactions ordered and waits for a finality level.</summary>
    /// <param name="node">The node.</param>
    /// <param name="caller">The caller whose rate the transactions count against; one was counted when the request came.</param>
    /// <param name="body">The transactions.</param>
    /// <param name="level">The finality level to wait for.</param>
    /// <param name="timeout">Longest wait for the finality level.</param>
    /// <param name="cancellationToken">Stops waiting; transactions that have reached the sequencer are ordered all the same.</param>
    /// <exception cref="RefusalException">The request as a whole was refused.</exception>
    public async Task<SubmissionAnswer> RunAsync(
        ILedgerNode node,
        string caller,
        SubmissionBody body,
        FinalityLevel level,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        rates.Take(caller, body.Transactions.Count - 1);
        var results = await SubmitAsync(node, body, cancellationToken);
        var inTime = await submitter.WaitAsync(node, LastPosition(results), level, timeout, cancellationToken);
        return await DescribeAsync(node, results, inTime ? null : Waits.TimedOut(level, timeout), cancellationToken);
    }

    /// <summary>Has a request's transactions ordered.</summary>
    /// <exception cref="RefusalException">The request as a whole was refused.</exception>
    public async Task<SubmissionResult[]> SubmitAsync(ILedgerNode node, SubmissionBody body, CancellationToken cancellationToken)
    {
        var results = await submitter.SubmitAsync(node, body.Transactions, cancellationToken);
        return CommonRefusal(results, body.IsSingle) is { } refused ? throw new RefusalException(refused) : results;
    }

    /// <summary>Looks up how far results have come.</summary>
    public static async Task<SubmissionAnswer> DescribeAsync(
        ILedgerNode node,
        IReadOnlyList<SubmissionResult> results,
        Refused? timedOut,
        CancellationToken cancellationToken)
    {
        var receipts = await ReceiptWriter.MakeAsync(
            node,
            results.Select(result => result.Recorded).OfType<RecordedReceipt>().Select(recorded => recorded.Position),
            cancellationToken);
        return new SubmissionAnswer(results, receipts, timedOut);
    }

    /// <summary>The last batch that results stand in; 0 when none was ordered.</summary>
    public static ulong LastPosition(IReadOnlyList<SubmissionResult> results) =>
        results.Max(result => result.Recorded?.Position ?? 0);

    /// <summary>The refusal of the whole request: that of a single transaction; of a batch, one that all of them have and that may pass.</summary>
    private static Refused? CommonRefusal(SubmissionResult[] results, bool isSingle)
    {
        var first = results[0].Refused;
        if (first is null || isSingle)
        {
            return first;
        }

        return ErrorCatalogue.Find(first.Code).Retryable && results.All(result => result.Refused?.Code == first.Code) ? first : null;
    }
}
