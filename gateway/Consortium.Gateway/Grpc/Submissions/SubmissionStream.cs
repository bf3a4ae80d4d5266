using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Node;
using Consortium.Gateway.Rates;
using Consortium.Gateway.Submissions;
using Consortium.Ledger;
using Grpc.Core;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Gateway.Grpc.Submissions;

/// <summary>Has the messages of a stream ordered one after the other, and sums up their outcomes.</summary>
/// <remarks>
/// The first message that is refused as a whole ends the stream: the summary says how many transactions were answered before it,
/// so that the caller goes on from there in another call.
/// </remarks>
internal sealed class SubmissionStream(CallerRates rates, SubmissionRun submissions, Submitter submitter, GatewayOptions options)
{
    // A summary stays small enough for the message size that clients take by default.
    private const int ExceptionsMax = 1000;

    public async Task<ApiWire.SubmissionSummary> RunAsync(
        ILedgerNode node,
        string caller,
        IAsyncStreamReader<ApiWire.SubmitStreamRequest> requests,
        Func<int?, TimeSpan> readTimeout,
        CancellationToken cancellationToken)
    {
        var summary = new ApiWire.SubmissionSummary();
        var last = new ApiWire.SubmitStreamRequest();
        try
        {
            // The interceptor has counted the call itself as one transaction.
            for (var counted = 1; await requests.MoveNext(cancellationToken); counted = 0)
            {
                last = requests.Current;
                await AddAsync(summary, node, caller, last, counted, cancellationToken);
            }
        }
        catch (RefusalException exception)
        {
            Refuse(summary, exception.Refused);
        }

        await WaitAsync(summary, node, last, readTimeout, cancellationToken);
        return summary;
    }

    private async Task AddAsync(
        ApiWire.SubmissionSummary summary,
        ILedgerNode node,
        string caller,
        ApiWire.SubmitStreamRequest request,
        int counted,
        CancellationToken cancellationToken)
    {
        FinalityLevels.Read(request.Wait);
        if (request.Transactions.Count == 0)
        {
            throw new RefusalException(Refusal.Malformed, "A message of the stream has no transactions.");
        }

        if (summary.Exceptions.Count >= ExceptionsMax)
        {
            throw new RefusalException(
                Refusal.BatchTooLarge,
                $"{summary.Exceptions.Count} transactions of the stream were not accepted, which is as many as one summary tells of.");
        }

        SubmissionBody.RequireFew(request.Transactions.Count, options);
        rates.Take(caller, request.Transactions.Count - counted);
        var body = new SubmissionBody([.. request.Transactions.Select(transaction => transaction.Memory)], IsSingle: false);
        var results = await submissions.SubmitAsync(node, body, cancellationToken);
        Count(summary, await SubmissionRun.DescribeAsync(node, results, timedOut: null, cancellationToken));
        summary.Position = Math.Max(summary.Position, SubmissionRun.LastPosition(results));
    }

    private static void Count(ApiWire.SubmissionSummary summary, SubmissionAnswer answer)
    {
        foreach (var receipt in answer.ToWire().Receipts)
        {
            var isRefused = receipt.Refusal != 0;
            var isRejected = !isRefused && receipt.Rejections.Count > 0;
            if (isRefused || isRejected)
            {
                summary.Exceptions.Add(new ApiWire.StreamedReceipt { Index = summary.Answered, Receipt = receipt });
            }

            summary.Refused += isRefused ? 1u : 0;
            summary.Rejected += isRejected ? 1u : 0;
            summary.Accepted += isRefused || isRejected ? 0u : 1;
            summary.Duplicates += receipt.Duplicate ? 1u : 0;
            summary.Answered++;
        }
    }

    private async Task WaitAsync(
        ApiWire.SubmissionSummary summary,
        ILedgerNode node,
        ApiWire.SubmitStreamRequest last,
        Func<int?, TimeSpan> readTimeout,
        CancellationToken cancellationToken)
    {
        if (summary.Refusal != 0)
        {
            return;
        }

        var level = FinalityLevels.Read(last.Wait);
        var timeout = readTimeout(last.HasTimeoutSeconds ? last.TimeoutSeconds : null);
        if (!await submitter.WaitAsync(node, summary.Position, level, timeout, cancellationToken))
        {
            Refuse(summary, Waits.TimedOut(level, timeout));
        }
    }

    private static void Refuse(ApiWire.SubmissionSummary summary, Refused refused) =>
        (summary.Refusal, summary.Detail) = ((uint)refused.Code, refused.Detail);
}
