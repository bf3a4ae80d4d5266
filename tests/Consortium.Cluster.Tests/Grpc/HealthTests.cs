using Consortium.Gateway.Hosting;
using Consortium.Gateway.Node;
using Grpc.Core;
using Grpc.Health.V1;
using Status = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Consortium.Cluster.Tests.Grpc;

/// <summary>The health checking protocol follows the node.</summary>
public sealed class HealthTests(GrpcFixture gateway) : IClassFixture<GrpcFixture>, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public void Dispose() => gateway.Node.StatusGiven = null;

    [Theory]
    [InlineData("")]
    [InlineData("consortium.api.v1.Submissions")]
    [InlineData("consortium.api.v1.Queries")]
    [InlineData("consortium.api.v1.Proofs")]
    [InlineData("consortium.api.v1.Chain")]
    public async Task Each_service_serves_exactly_while_the_node_orders(string service)
    {
        foreach (var status in (NodeStatus?[])[null, NodeStatus.Starting, NodeStatus.Draining, NodeStatus.Stopped, NodeStatus.Ordering])
        {
            gateway.Node.StatusGiven = status;
            var answer = await new Health.HealthClient(gateway.Channel).CheckAsync(new HealthCheckRequest { Service = service });
            Assert.Equal(status is null or NodeStatus.Ordering ? Status.Serving : Status.NotServing, answer.Status);
        }
    }

    [Fact]
    public async Task A_service_that_is_none_is_not_found()
    {
        var exception = await Assert.ThrowsAsync<RpcException>(
            () => new Health.HealthClient(gateway.Channel).CheckAsync(new HealthCheckRequest { Service = "nobody" }).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, exception.StatusCode);
    }

    [Fact]
    public async Task Those_who_watch_are_told_when_it_changes()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var watch = new Health.HealthClient(gateway.Channel).Watch(new HealthCheckRequest(), cancellationToken: limit.Token);
        await WaitAsync(watch, Status.Serving, limit.Token);
        gateway.Node.StatusGiven = NodeStatus.Draining;
        await WaitAsync(watch, Status.NotServing, limit.Token);
        gateway.Node.StatusGiven = null;
        await WaitAsync(watch, Status.Serving, limit.Token);
    }

    [Fact]
    public async Task Watching_over_the_process_is_never_over_a_rate()
    {
        await using var slow = await GrpcFixture.StartAsync(new GatewayOptions { TransactionsPerSecondMax = 1, TransactionsPerRequestMax = 1 });
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(Status.Serving, (await new Health.HealthClient(slow.Channel).CheckAsync(new HealthCheckRequest())).Status);
        }
    }

    private static async Task WaitAsync(AsyncServerStreamingCall<HealthCheckResponse> watch, Status status, CancellationToken cancellationToken)
    {
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(cancellationToken), $"The watch ended before it said {status}.");
        }
        while (watch.ResponseStream.Current.Status != status);
    }
}
