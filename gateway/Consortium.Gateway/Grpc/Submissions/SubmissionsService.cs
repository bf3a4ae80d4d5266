using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Grpc.Calls;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Submissions;
using Consortium.Ledger;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Grpc.Core;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Gateway.Grpc.Submissions;

/// <summary>The service <c>Submissions</c>.</summary>
internal sealed class SubmissionsService(
    NodeSource nodes,
    GatewayOptions options,
    Callers callers,
    SubmissionRun submissions,
    SubmissionStream stream,
    TransactionWait waits,
    TimeProvider timeProvider) : Api.Rpc.Submissions.SubmissionsBase
{
    public override async Task<ApiWire.SubmissionReceipts> Submit(ApiWire.SubmitRequest request, ServerCallContext context)
    {
        var level = FinalityLevels.Read(request.Wait);
        var timeout = Timeout(request.HasTimeoutSeconds ? request.TimeoutSeconds : null, context);
        var node = nodes.Serving;
        var answer = await submissions.RunAsync(
            node,
            callers.NameOf(context.Credentials()),
            ReadBody(request, options),
            level,
            timeout,
            context.CancellationToken);
        return answer.ToWire();
    }

    public override async Task<ApiWire.SubmissionSummary> SubmitStream(
        IAsyncStreamReader<ApiWire.SubmitStreamRequest> requestStream,
        ServerCallContext context) => await stream.RunAsync(
            nodes.Serving,
            callers.NameOf(context.Credentials()),
            requestStream,
            seconds => Timeout(seconds, context),
            context.CancellationToken);

    public override async Task<ApiWire.SubmissionReceipts> Wait(ApiWire.WaitRequest request, ServerCallContext context)
    {
        var level = FinalityLevels.Read(request.Finality);
        var timeout = Timeout(request.HasTimeoutSeconds ? request.TimeoutSeconds : null, context);
        var answer = await waits.RunAsync(context.Credentials(request), request.TransactionId, level, timeout, context.CancellationToken);
        return answer.ToWire();
    }

    private static SubmissionBody ReadBody(ApiWire.SubmitRequest request, GatewayOptions options)
    {
        if (request.Transaction.IsEmpty == (request.Transactions.Count == 0))
        {
            throw new RefusalException(Refusal.Malformed, "Send either transaction or transactions.");
        }

        SubmissionBody.RequireFew(request.Transactions.Count, options);
        return request.Transaction.IsEmpty
            ? new SubmissionBody(Memories(request.Transactions), IsSingle: false)
            : new SubmissionBody([request.Transaction.Memory], IsSingle: true);
    }

    private static ReadOnlyMemory<byte>[] Memories(RepeatedField<ByteString> transactions) =>
        [.. transactions.Select(transaction => transaction.Memory)];

    private TimeSpan Timeout(int? seconds, ServerCallContext context) => context.Bound(Waits.Read(seconds, options), timeProvider);
}
