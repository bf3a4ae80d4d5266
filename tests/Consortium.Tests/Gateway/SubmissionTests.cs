using System.Net;
using Consortium.Api;
using Consortium.Consensus.Sequencing;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Tests.Gateway;

public sealed class SubmissionTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task Who_has_one_permit_left_has_one_transaction_ordered()
    {
        var slow = await GatewayFixture.StartAsync(new GatewayOptions { TransactionsPerSecondMax = 1, TransactionsPerRequestMax = 1 });
        try
        {
            Assert.Equal(ReceiptOutcome.Accepted, (await slow.SubmitAcceptedAsync(slow.Pay(1))).Outcome);
        }
        finally
        {
            await slow.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_batch_in_protobuf_is_answered_item_by_item_in_protobuf()
    {
        var (good, short_) = (gateway.Pay(1), gateway.Pay(100_000_000));
        var broken = good.SignedBytes.ToArray();
        broken[^1] ^= 1;
        var body = SubmissionBytes.Join([good.SignedBytes, short_.SignedBytes, broken, new byte[] { 1, 2, 3 }, good.SignedBytes]);
        using var response = await gateway.PostAsync(Routes.Transactions, body, MediaTypes.Protobuf, MediaTypes.Protobuf);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(MediaTypes.Protobuf, response.Content.Headers.ContentType?.MediaType);
        var receipts = ApiWire.SubmissionReceipts.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync()).Receipts;
        Assert.Equal(5, receipts.Count);
        Assert.Equal(good.Id.Digest.ToArray(), receipts[0].TransactionId.ToByteArray());
        Assert.Equal(0u, receipts[0].Refusal);
        Assert.Empty(receipts[0].Rejections);
        Assert.True(receipts[0].Position > 0);
        Assert.Equal((uint)Rejection.Insufficient, Assert.Single(receipts[1].Rejections).Code);
        Assert.Equal((uint)Refusal.SignatureInvalid, receipts[2].Refusal);
        Assert.Equal(good.Id.Digest.ToArray(), receipts[2].TransactionId.ToByteArray());
        Assert.Equal((uint)Refusal.Malformed, receipts[3].Refusal);
        Assert.True(receipts[3].TransactionId.IsEmpty);
        Assert.True(receipts[4].Duplicate);
        Assert.Equal((receipts[0].Position, receipts[0].Index), (receipts[4].Position, receipts[4].Index));
    }

    [Fact]
    public async Task A_rejection_is_a_result_that_lists_the_rule_and_the_remedy()
    {
        using var response = await gateway.SubmitAsync(gateway.Pay(100_000_000).SignedBytes);
        var receipt = Assert.Single((await GatewayFixture.ReadAsync<SubmissionResponse>(response)).Receipts);
        Assert.Equal(ReceiptOutcome.Rejected, receipt.Outcome);
        var rejection = Assert.Single(receipt.Rejections!);
        Assert.Equal("Insufficient", rejection.Name);
        Assert.Equal(Rejection.Insufficient.Rule(), rejection.Rule);
        Assert.NotEmpty(rejection.Remedy);
        Assert.NotEmpty(rejection.Inputs);
    }

    [Fact]
    public async Task A_batch_in_json_is_answered_in_json()
    {
        var transactions = new[] { gateway.Pay(1), gateway.Pay(2) };
        var json = System.Text.Json.JsonSerializer.Serialize(
            new SubmissionRequest(Transactions: [.. transactions.Select(transaction => SignedTransactionJson.FromBytes(transaction.SignedBytes.Span))]),
            ApiJson.Options);
        using var response = await gateway.PostJsonAsync(Routes.Transactions, json);
        var receipts = (await GatewayFixture.ReadAsync<SubmissionResponse>(response)).Receipts;
        Assert.Equal(transactions.Select(transaction => transaction.Id.ToString()), receipts.Select(receipt => receipt.TransactionId), StringComparer.Ordinal);
        Assert.All(receipts, receipt => Assert.Equal(FinalityLevel.Ordered, receipt.Finality));
    }

    [Fact]
    public async Task A_large_batch_is_checked_on_several_cores_and_keeps_its_order()
    {
        var transactions = Enumerable.Range(1, 64).Select(amount => gateway.Pay(amount)).ToList();
        using var response = await gateway.SubmitAsync(SubmissionBytes.Join(transactions.Select(transaction => transaction.SignedBytes)));
        var receipts = (await GatewayFixture.ReadAsync<SubmissionResponse>(response)).Receipts;
        Assert.Equal(transactions.Select(transaction => transaction.Id.ToString()), receipts.Select(receipt => receipt.TransactionId), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("sealed", FinalityLevel.Sealed)]
    [InlineData("final", FinalityLevel.Final)]
    public async Task Waiting_answers_when_the_finality_is_reached_with_the_block(string wait, FinalityLevel level)
    {
        var receipt = await gateway.SubmitAcceptedAsync(gateway.Pay(1), "?wait=" + wait);
        Assert.True(receipt.Finality >= level);
        Assert.NotNull(receipt.Height);
        var progress = gateway.Node.Progress.Now;
        Assert.True((level == FinalityLevel.Final ? progress.FinalPosition : progress.SealedPosition) >= receipt.Position);
    }

    [Fact]
    public async Task Sending_the_same_bytes_again_answers_the_first_receipt()
    {
        var transaction = gateway.Pay(1);
        var first = await gateway.SubmitAcceptedAsync(transaction);
        var again = await gateway.SubmitAcceptedAsync(transaction, "?wait=sealed");
        Assert.False(first.Duplicate);
        Assert.True(again.Duplicate);
        Assert.Equal((first.Position, first.Index, first.TimeMs), (again.Position, again.Index, again.TimeMs));
    }

    [Fact]
    public async Task What_was_ordered_before_it_expired_answers_the_first_receipt_and_not_expired()
    {
        var transaction = gateway.Pay(1);
        var first = await gateway.SubmitAcceptedAsync(transaction);
        gateway.Node.Submit = transactions => Task.FromResult<IReadOnlyList<OrderResult>>(
            [.. transactions.Select(one => OrderResult.Refuse(one.Id, new Refused(Refusal.Expired, "Too late.")))]);
        try
        {
            var again = await gateway.SubmitAcceptedAsync(transaction);
            Assert.True(again.Duplicate);
            Assert.Equal(first.Position, again.Position);
            using var refused = await gateway.SubmitAsync(gateway.Pay(2).SignedBytes);
            Assert.Equal("Expired", (await GatewayFixture.ReadProblemAsync(refused)).Name);
        }
        finally
        {
            gateway.Node.Submit = null;
        }
    }

    [Fact]
    public async Task Waiting_too_long_says_how_far_it_has_come()
    {
        using var response = await gateway.SubmitAsync(gateway.Pay(1).SignedBytes, "?wait=final&timeoutSeconds=0");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var submission = await GatewayFixture.ReadAsync<SubmissionResponse>(response);
        Assert.Equal("WaitTimedOut", submission.Refusal!.Name);
        var receipt = Assert.Single(submission.Receipts);
        Assert.Equal(ReceiptOutcome.Accepted, receipt.Outcome);
        Assert.True(receipt.Finality < FinalityLevel.Final);
    }

    [Theory]
    [InlineData("?wait=never")]
    [InlineData("?timeoutSeconds=-1")]
    [InlineData("?timeoutSeconds=61")]
    [InlineData("?timeoutSeconds=soon")]
    public async Task A_wait_that_is_not_understood_is_refused_before_anything_is_ordered(string query)
    {
        var transaction = gateway.Pay(1);
        using var response = await gateway.SubmitAsync(transaction.SignedBytes, query);
        Assert.Equal("ParameterInvalid", (await GatewayFixture.ReadProblemAsync(response)).Name);
        Assert.Null(await gateway.Node.FindTransactionAsync(transaction.Id, CancellationToken.None));
    }
}
