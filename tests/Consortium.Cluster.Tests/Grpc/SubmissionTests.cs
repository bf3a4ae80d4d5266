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
    [InlineData(FinalityLevel.Ordered)]
    [InlineData(FinalityLevel.Sealed)]
    [InlineData(FinalityLevel.Final)]
    public async Task A_submission_is_answered_when_the_finality_asked_for_is_reached(FinalityLevel level)
    {
        var receipts = await gateway.Grpc.SendAsync(gateway.Pay(1).SignedBytes.ToArray(), level, Minute, None);
        var receipt = ReceiptResponse.FromWire(Assert.Single(receipts.Receipts));
        Assert.Equal(ReceiptOutcome.Accepted, receipt.Outcome);
        Assert.True(receipt.Finality >= level);
        Assert.Equal(0u, receipts.Refusal);
    }

    [Fact]
    public async Task A_rejection_is_a_result_and_a_refusal_in_a_batch_is_its_own()
    {
        var receipts = await gateway.Grpc.SendAsync(
            SubmissionBytes.Join([gateway.Pay(1).SignedBytes, gateway.Overpay().SignedBytes, gateway.Forged()]),
            FinalityLevel.Ordered,
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
        var first = Assert.Single((await gateway.Grpc.SendAsync(body, FinalityLevel.Ordered, Minute, None)).Receipts);
        var again = Assert.Single((await gateway.Grpc.SendAsync(body, FinalityLevel.Ordered, Minute, None)).Receipts);
        Assert.True(again.Duplicate);
        Assert.Equal((first.Position, first.Index), (again.Position, again.Index));
    }

    [Fact]
    public async Task A_stream_of_batches_is_summed_up_in_one_answer()
    {
        var twice = gateway.Pay(1).SignedBytes;
        var summary = await gateway.Grpc.SubmitStreamAsync(
            Batches([twice, gateway.Pay(2).SignedBytes], [gateway.Overpay().SignedBytes, twice], [gateway.Forged()]),
            FinalityLevel.Sealed,
            Minute,
            None);
        Assert.Equal((5ul, 3ul, 1ul, 1ul, 1ul, 0u), (summary.Answered, summary.Accepted, summary.Rejected, summary.Refused, summary.Duplicates, summary.Refusal));
        Assert.Equal([2ul, 4ul], summary.Exceptions.Select(one => one.Index));
        Assert.InRange(summary.Position, 1ul, gateway.Node.Progress.Now.SealedPosition);
    }

    [Fact]
    public async Task A_stream_ends_at_the_first_message_that_is_refused_and_says_how_far_it_came()
    {
        await using var small = await GrpcFixture.StartAsync(new GatewayOptions { TransactionsPerRequestMax = 2 });
        var summary = await small.Grpc.SubmitStreamAsync(
            Batches([small.Pay(1).SignedBytes], [small.Pay(2).SignedBytes, small.Pay(3).SignedBytes, small.Pay(4).SignedBytes], [small.Pay(5).SignedBytes]),
            FinalityLevel.Ordered,
            Minute,
            None);
        Assert.Equal((1ul, 1ul, (uint)Refusal.BatchTooLarge), (summary.Answered, summary.Accepted, summary.Refusal));
        Assert.Contains("3 transactions", summary.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_would_never_end_ends_when_it_is_refused()
    {
        using var limit = new CancellationTokenSource(Minute);
        var summary = await gateway.Grpc.SubmitStreamAsync(Endless([]), FinalityLevel.Ordered, Minute, limit.Token);
        Assert.Equal((0ul, (uint)Refusal.Malformed), (summary.Answered, summary.Refusal));
    }

    [Fact]
    public async Task A_stream_counts_every_transaction_against_the_rate_of_its_caller()
    {
        const int messages = 100;
        await using var slow = await GrpcFixture.StartAsync(new GatewayOptions { TransactionsPerSecondMax = 1, TransactionsPerRequestMax = 1 });
        var summary = await slow.Grpc.SubmitStreamAsync(
            Batches([.. Enumerable.Range(1, messages).Select(amount => new[] { slow.Pay(amount).SignedBytes })]),
            FinalityLevel.Ordered,
            Minute,
            None);
        Assert.Equal((uint)Refusal.RateLimited, summary.Refusal);
        Assert.InRange(summary.Answered, 1ul, messages - 1ul);
        Assert.Equal(summary.Answered, summary.Accepted);
    }

    [Fact]
    public async Task Who_is_over_the_rate_is_told_how_long_to_wait()
    {
        await using var slow = await GrpcFixture.StartAsync(new GatewayOptions { TransactionsPerSecondMax = 1, TransactionsPerRequestMax = 50 });
        Task Send(int count) => slow.Grpc.SendAsync(
            SubmissionBytes.Join([.. Enumerable.Repeat<ReadOnlyMemory<byte>>(slow.Forged(), count)]),
            FinalityLevel.Ordered,
            Minute,
            None);
        await Send(30);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => Send(50));
        Assert.Equal(Refusal.RateLimited, refused.Refusal);
        Assert.True(refused.RetryAfter > TimeSpan.FromSeconds(1), $"{refused.RetryAfter}");
    }

    [Fact]
    public async Task A_stream_may_be_longer_than_one_message()
    {
        await using var small = await GrpcFixture.StartAsync(new GatewayOptions { RequestBytesMax = 64 * 1024 });
        var forged = Enumerable.Repeat<ReadOnlyMemory<byte>>(small.Forged(), 100).ToArray();
        Assert.InRange(forged.Sum(one => one.Length), 20 * 1024, 60 * 1024);
        var summary = await small.Grpc.SubmitStreamAsync(Batches(forged, forged, forged, forged), FinalityLevel.Ordered, Minute, None);
        Assert.Equal((400ul, 0u), (summary.Answered, summary.Refusal));
    }

    [Fact]
    public async Task A_stream_ends_when_its_summary_would_tell_of_too_many_exceptions()
    {
        var forged = Enumerable.Repeat<ReadOnlyMemory<byte>>(gateway.Forged(), 500).ToArray();
        var summary = await gateway.Grpc.SubmitStreamAsync(Batches(forged, forged, forged), FinalityLevel.Ordered, Minute, None);
        Assert.Equal((1_000ul, 1_000ul, (uint)Refusal.BatchTooLarge), (summary.Answered, summary.Refused, summary.Refusal));
        Assert.Equal(1_000, summary.Exceptions.Count);
    }

    [Fact]
    public async Task A_message_of_a_stream_without_transactions_is_malformed()
    {
        var summary = await gateway.Grpc.SubmitStreamAsync(Batches([gateway.Pay(1).SignedBytes], []), FinalityLevel.Ordered, Minute, None);
        Assert.Equal((1ul, (uint)Refusal.Malformed), (summary.Answered, summary.Refusal));
    }

    [Fact]
    public async Task A_message_of_a_stream_that_is_too_large_ends_the_call_with_the_limit_to_look_up()
    {
        await using var small = await GrpcFixture.StartAsync(new GatewayOptions { RequestBytesMax = 64 * 1024 });
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => small.Grpc.SubmitStreamAsync(Batches([new byte[64 * 1024]]), FinalityLevel.Ordered, Minute, None));
        Assert.Equal(Refusal.TooLarge, refused.Refusal);
        Assert.Contains("request_bytes_max", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finality_level_not_reached_in_time_is_told_in_the_summary_of_a_stream()
    {
        using var call = new SubmissionsClient(gateway.Channel).SubmitStream();
        await call.RequestStream.WriteAsync(new ApiWire.SubmitStreamRequest
        {
            Transactions = { ByteString.CopyFrom(gateway.Pay(1).SignedBytes.Span) },
            Wait = ApiWire.FinalityLevel.Final,
            TimeoutSeconds = 0,
        });
        await call.RequestStream.CompleteAsync();
        var summary = await call.ResponseAsync;
        Assert.Equal((1ul, (uint)Refusal.WaitTimedOut), (summary.Accepted, summary.Refusal));
    }

    [Fact]
    public async Task A_wait_finds_a_transaction_that_is_ordered_while_it_waits()
    {
        var transaction = gateway.Pay(1);
        var waiting = gateway.Grpc.WaitAsync(transaction.Id, FinalityLevel.Sealed, Minute, None);
        await gateway.Grpc.SendAsync(transaction.SignedBytes.ToArray(), FinalityLevel.Ordered, Minute, None);
        var receipt = ReceiptResponse.FromWire(Assert.Single((await waiting).Receipts));
        Assert.Equal(transaction.Id.ToString(), receipt.TransactionId);
        Assert.True(receipt.Finality >= FinalityLevel.Sealed);
    }

    [Fact]
    public async Task A_wait_for_what_nobody_submits_ends_as_not_found()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => gateway.Grpc.WaitAsync(new TransactionId(Digest.Sha256("nobody"u8)), FinalityLevel.Ordered, TimeSpan.FromSeconds(0), None));
        Assert.Equal(Refusal.NotFound, refused.Refusal);
    }

    [Fact]
    public async Task A_finality_level_not_reached_in_time_is_told_with_the_receipts()
    {
        // What is final needs six more blocks, and nothing is waited for.
        var client = new SubmissionsClient(gateway.Channel);
        var answer = await client.SubmitAsync(new ApiWire.SubmitRequest
        {
            Transaction = ByteString.CopyFrom(gateway.Pay(1).SignedBytes.Span),
            Wait = ApiWire.FinalityLevel.Final,
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
            () => client.WaitAsync(request, deadline: DateTime.UtcNow.AddSeconds(8)).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, ended.StatusCode);
    }

    [Fact]
    public async Task A_wait_ends_in_time_although_others_are_ordered_all_the_time()
    {
        await using var busy = await GrpcFixture.StartAsync(new GatewayOptions());
        busy.Node.Finding = () => busy.Node.Progress.Advance(now => now with { Position = now.Position + 1 });
        var request = new ApiWire.WaitRequest { TransactionId = new TransactionId(Digest.Sha256("nobody"u8)).ToString(), TimeoutSeconds = 1 };
        var ended = await Assert.ThrowsAsync<RpcException>(
            () => new SubmissionsClient(busy.Channel).WaitAsync(request, deadline: DateTime.UtcNow.AddSeconds(30)).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, ended.StatusCode);
    }

    [Fact]
    public async Task A_finality_level_that_does_not_exist_is_refused()
    {
        var request = new ApiWire.SubmitRequest
        {
            Transaction = ByteString.CopyFrom(gateway.Pay(1).SignedBytes.Span),
            Wait = (ApiWire.FinalityLevel)9,
        };
        var ended = await Assert.ThrowsAsync<RpcException>(() => new SubmissionsClient(gateway.Channel).SubmitAsync(request).ResponseAsync);
        Assert.Equal((StatusCode)ErrorCatalogue.Find(Refusal.ParameterInvalid).Rpc, ended.StatusCode);
        Assert.Contains("9 is no finality level", ended.Status.Detail, StringComparison.Ordinal);
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
            () => hasty.SendAsync(transaction.SignedBytes.ToArray(), FinalityLevel.Ordered, TimeSpan.FromSeconds(1), None));
        Assert.Equal("gateway_silent", silent.Name);
        stalled.SetException(new InvalidOperationException("the test is over"));
        stalling.Node.Submit = null;
        var receipts = await stalling.Grpc.SendAsync(transaction.SignedBytes.ToArray(), FinalityLevel.Ordered, Minute, None);
        Assert.Equal(0u, Assert.Single(receipts.Receipts).Refusal);
    }

    [Fact]
    public async Task A_call_that_its_caller_cancels_ends_as_cancelled()
    {
        await using var stalling = await GrpcFixture.StartAsync(new GatewayOptions());
        var stalled = new TaskCompletionSource<IReadOnlyList<OrderResult>>();
        using var cancel = new CancellationTokenSource();
        stalling.Node.Submit = async _ =>
        {
            await cancel.CancelAsync();
            return await stalled.Task;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => stalling.Grpc.SendAsync(stalling.Pay(1).SignedBytes.ToArray(), FinalityLevel.Ordered, Minute, cancel.Token));
        stalled.SetException(new InvalidOperationException("the test is over"));
    }

    private static async IAsyncEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> Endless(ReadOnlyMemory<byte>[] batch)
    {
        while (true)
        {
            await Task.Yield();
            yield return batch;
        }
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
