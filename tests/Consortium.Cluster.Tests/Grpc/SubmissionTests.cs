using Consortium.Api;
using Consortium.Client;
using Consortium.Client.Grpc;
using Consortium.Consensus.Sequencing;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Google.Protobuf;
using Grpc.Core;
using ApiWire = Consortium.Api.Wire;
using SubmissionsClient = Consortium.Api.Rpc.Submissions.SubmissionsClient;

namespace Consortium.Cluster.Tests.Grpc;

public sealed class SubmissionTests(GrpcFixture gateway) : IClassFixture<GrpcFixture>
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(LedgerMoment.Ordered)]
    [InlineData(LedgerMoment.Sealed)]
    [InlineData(LedgerMoment.Final)]
    public async Task A_submission_is_answered_when_the_moment_asked_for_is_reached(LedgerMoment moment)
    {
        var receipts = await gateway.Grpc.SendAsync(gateway.Pay(1).SignedBytes.ToArray(), moment, Minute, None);
        var receipt = ReceiptResponse.FromWire(Assert.Single(receipts.Receipts));
        Assert.Equal(ReceiptOutcome.Accepted, receipt.Outcome);
        Assert.True(receipt.Moment >= moment);
        Assert.Equal(0u, receipts.Refusal);
    }

    [Fact]
    public async Task A_rejection_is_a_result_and_a_refusal_in_a_batch_is_its_own()
    {
        var receipts = await gateway.Grpc.SendAsync(
            SubmissionBytes.Join([gateway.Pay(1).SignedBytes, gateway.Overpay().SignedBytes, gateway.Forged()]),
            LedgerMoment.Ordered,
            Minute,
            None);
        Assert.Equal(
            [ReceiptOutcome.Accepted, ReceiptOutcome.Rejected, ReceiptOutcome.Refused],
            receipts.Receipts.Select(receipt => ReceiptResponse.FromWire(receipt).Outcome));
        Assert.Equal((uint)Refusal.SignatureInvalid, receipts.Receipts[2].Refusal);
    }

    [Fact]
    public async Task The_same_bytes_again_are_answered_with_the_first_receipt()
    {
        var body = gateway.Pay(1).SignedBytes.ToArray();
        var first = Assert.Single((await gateway.Grpc.SendAsync(body, LedgerMoment.Ordered, Minute, None)).Receipts);
        var again = Assert.Single((await gateway.Grpc.SendAsync(body, LedgerMoment.Ordered, Minute, None)).Receipts);
        Assert.True(again.Duplicate);
        Assert.Equal((first.Position, first.Index), (again.Position, again.Index));
    }

    [Fact]
    public async Task A_stream_of_batches_is_summed_up_in_one_answer()
    {
        var twice = gateway.Pay(1).SignedBytes;
        var summary = await gateway.Grpc.SubmitStreamAsync(
            Batches([twice, gateway.Pay(2).SignedBytes], [gateway.Overpay().SignedBytes, twice], [gateway.Forged()]),
            LedgerMoment.Sealed,
            Minute,
            None);
        Assert.Equal((5ul, 3ul, 1ul, 1ul, 1ul, 0u), (summary.Answered, summary.Accepted, summary.Rejected, summary.Refused, summary.Duplicates, summary.Refusal));
        Assert.Equal([2ul, 4ul], summary.Exceptions.Select(one => one.Index));
        Assert.True(gateway.Node.Progress.Now.SealedPosition >= summary.Position);
    }

    [Fact]
    public async Task A_stream_ends_at_the_first_message_that_is_refused_and_says_how_far_it_came()
    {
        await using var small = await GrpcFixture.StartAsync(new GatewayOptions { TransactionsPerRequestMax = 2 });
        var summary = await small.Grpc.SubmitStreamAsync(
            Batches([small.Pay(1).SignedBytes], [small.Pay(2).SignedBytes, small.Pay(3).SignedBytes, small.Pay(4).SignedBytes], [small.Pay(5).SignedBytes]),
            LedgerMoment.Ordered,
            Minute,
            None);
        Assert.Equal((1ul, 1ul, (uint)Refusal.BatchTooLarge), (summary.Answered, summary.Accepted, summary.Refusal));
        Assert.Contains("3 transactions", summary.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_finds_a_transaction_that_is_ordered_while_it_waits()
    {
        var transaction = gateway.Pay(1);
        var waiting = gateway.Grpc.WaitAsync(transaction.Id, LedgerMoment.Sealed, Minute, None);
        await gateway.Grpc.SendAsync(transaction.SignedBytes.ToArray(), LedgerMoment.Ordered, Minute, None);
        var receipt = ReceiptResponse.FromWire(Assert.Single((await waiting).Receipts));
        Assert.Equal(transaction.Id.ToString(), receipt.TransactionId);
        Assert.True(receipt.Moment >= LedgerMoment.Sealed);
    }

    [Fact]
    public async Task A_wait_for_what_nobody_submits_ends_as_not_found()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => gateway.Grpc.WaitAsync(new TransactionId(Digest.Sha256("nobody"u8)), LedgerMoment.Ordered, TimeSpan.FromSeconds(0), None));
        Assert.Equal(Refusal.NotFound, refused.Refusal);
    }

    [Fact]
    public async Task A_moment_that_does_not_come_in_time_is_told_with_the_receipts()
    {
        // What is final needs six more blocks, and nothing is waited for.
        var client = new SubmissionsClient(gateway.Channel);
        var answer = await client.SubmitAsync(new ApiWire.SubmitRequest
        {
            Transaction = ByteString.CopyFrom(gateway.Pay(1).SignedBytes.Span),
            Wait = ApiWire.LedgerMoment.Final,
            TimeoutSeconds = 0,
        });
        Assert.Equal((uint)Refusal.WaitTimedOut, answer.Refusal);
        Assert.Equal(0u, Assert.Single(answer.Receipts).Refusal);
    }

    [Fact]
    public async Task A_wait_is_answered_before_the_deadline_of_its_call_passes()
    {
        var client = new SubmissionsClient(gateway.Channel);
        var request = new ApiWire.WaitRequest { TransactionId = new TransactionId(Digest.Sha256("nobody"u8)).ToString(), TimeoutSeconds = 60 };
        var ended = await Assert.ThrowsAsync<RpcException>(
            () => client.WaitAsync(request, deadline: DateTime.UtcNow.AddSeconds(4)).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, ended.StatusCode);
    }

    [Fact]
    public async Task A_call_that_is_not_answered_by_its_deadline_ends_and_may_be_sent_again()
    {
        await using var stalling = await GrpcFixture.StartAsync(new GatewayOptions());
        var stalled = new TaskCompletionSource<IReadOnlyList<OrderResult>>();
        stalling.Node.Submit = _ => stalled.Task;
        var transaction = stalling.Pay(1);
        using var hasty = stalling.Connect(new GrpcTransportOptions { Timeout = TimeSpan.FromMilliseconds(-500) });
        var silent = await Assert.ThrowsAsync<ConsortiumException>(
            () => hasty.SendAsync(transaction.SignedBytes.ToArray(), LedgerMoment.Ordered, TimeSpan.FromSeconds(1), None));
        Assert.Equal("gateway_silent", silent.Name);
        stalled.SetException(new InvalidOperationException("the test is over"));
        stalling.Node.Submit = null;
        var receipts = await stalling.Grpc.SendAsync(transaction.SignedBytes.ToArray(), LedgerMoment.Ordered, Minute, None);
        Assert.Equal(0u, Assert.Single(receipts.Receipts).Refusal);
    }

    private static async IAsyncEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> Batches(params ReadOnlyMemory<byte>[][] batches)
    {
        foreach (var batch in batches)
        {
            await Task.Yield();
            yield return batch;
        }
    }
}
