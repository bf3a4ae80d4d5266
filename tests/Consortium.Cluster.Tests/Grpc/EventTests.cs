using Consortium.Api;
using Consortium.Client;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Cluster.Tests.Grpc;

public sealed class EventTests(GrpcFixture gateway) : IClassFixture<GrpcFixture>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_transaction_is_announced_as_ordered_then_its_block_as_sealed_then_as_final()
    {
        var from = gateway.Node.Progress.Now.Position + 1;
        var receipt = await SubmitAsync(gateway, FinalityLevel.Final);
        var events = await TakeAsync(gateway, from, found => found.Any(one => one.Final?.Height >= receipt.Height));
        var ordered = events.FindIndex(one => one.Ordered?.Transactions.Any(transaction => transaction.TransactionId == receipt.TransactionId) == true);
        var isSealed = events.FindIndex(one => one.Sealed?.Height == receipt.Height);
        Assert.InRange(ordered, 0, isSealed - 1);
        Assert.InRange(isSealed, 0, events.FindIndex(one => one.Final?.Height >= receipt.Height) - 1);
        Assert.Equal(receipt.Position + 1, events[ordered].ResumeFrom);
    }

    [Fact]
    public async Task A_stream_that_is_resumed_goes_on_without_gaps()
    {
        await SubmitAsync(gateway, FinalityLevel.Final);
        var first = await TakeAsync(gateway, 1, found => found.Count(one => one.ResumeFrom is not null) >= 3);
        var resumeFrom = first.Last(one => one.ResumeFrom is not null).ResumeFrom;
        var rest = await TakeAsync(gateway, resumeFrom, found => found.Count(one => one.ResumeFrom is not null) >= 3);
        var positions = first.Concat(rest).Where(one => one.ResumeFrom is not null).Select(one => one.ResumeFrom!.Value - 1).ToList();

        // Position 1 says that the node began to order; that is no event.
        Assert.Equal(Enumerable.Range(2, positions.Count).Select(position => (ulong)position), positions);
    }

    [Fact]
    public async Task A_stream_is_known_to_stand_before_anything_happens()
    {
        using var limit = new CancellationTokenSource(Limit);
        var farAhead = new ApiWire.EventsRequest { From = gateway.Node.Progress.Now.Position + 1_000_000 };
        using var call = new Api.Rpc.Chain.ChainClient(gateway.Channel).Events(farAhead, cancellationToken: limit.Token);
        await call.ResponseHeadersAsync.WaitAsync(limit.Token);
    }

    [Fact]
    public async Task A_stream_that_the_gateway_ends_says_that_it_stops()
    {
        await using var stopping = await GrpcFixture.StartAsync(new GatewayOptions());
        using var limit = new CancellationTokenSource(Limit);
        await using var events = stopping.Grpc.EventsAsync(1, limit.Token).GetAsyncEnumerator(limit.Token);
        Assert.True(await events.MoveNextAsync());
        var stop = stopping.StopAsync();
        var refused = await Assert.ThrowsAsync<RefusedException>(async () =>
        {
            while (await events.MoveNextAsync())
            {
                Assert.NotNull(events.Current);
            }
        });
        Assert.Equal((Refusal.NotServing, true), (refused.Refusal, refused.Retryable));
        await stop;
    }

    private static async Task<ReceiptResponse> SubmitAsync(GrpcFixture gateway, FinalityLevel level)
    {
        var receipts = await gateway.Grpc.SendAsync(gateway.Pay(1).SignedBytes.ToArray(), level, Limit, CancellationToken.None);
        return ReceiptResponse.FromWire(Assert.Single(receipts.Receipts));
    }

    private static async Task<List<LedgerEvent>> TakeAsync(GrpcFixture gateway, ulong? from, Func<List<LedgerEvent>, bool> until)
    {
        using var limit = new CancellationTokenSource(Limit);
        var found = new List<LedgerEvent>();
        await foreach (var one in gateway.Grpc.EventsAsync(from, limit.Token))
        {
            found.Add(one);
            if (until(found))
            {
                break;
            }
        }

        return found;
    }
}
