using System.Net;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Telemetry;
using Consortium.Tests.Gateway;

namespace Consortium.Tests.Telemetry;

/// <summary>Traces, metrics and logs of a gateway arrive at a collector.</summary>
[Collection(ListeningTests.Name)]
public sealed class OtlpTests
{
    [Fact]
    public async Task Traces_metrics_and_logs_arrive_with_the_names_of_service_and_member()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var options = new GatewayOptions { OtlpEndpoint = receiver.Url, Identity = new TelemetryIdentity("consortium-silo", "a member") };
        await using (var gateway = await GatewayFixture.StartAsync(options))
        {
            await gateway.SubmitAcceptedAsync(gateway.Pay(1), "?wait=sealed");
            gateway.Node.Submit = _ => throw new NotSupportedException("a fault of the program");
            using var failed = await gateway.SubmitAsync(gateway.Pay(1).SignedBytes);
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        }

        // A gateway that stops sends the signals that it still has.
        Assert.All(["traces", "metrics", "logs"], signal =>
        {
            Assert.Contains("consortium-silo", receiver.TextOf(signal), StringComparison.Ordinal);
            Assert.Contains("a member", receiver.TextOf(signal), StringComparison.Ordinal);
        });
        Assert.Contains("a fault of the program", receiver.TextOf("logs"), StringComparison.Ordinal);
        Assert.All(["submit", "order", "batch", "scatter shard", "append", "block"], name => Assert.Contains(name, receiver.TextOf("traces"), StringComparison.Ordinal));
        Assert.All(
            ["consortium.queue.length", "consortium.finality.lag", "consortium.journal.append"],
            name => Assert.Contains(name, receiver.TextOf("metrics"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_collector_that_is_not_there_holds_nothing_up()
    {
        var options = new GatewayOptions { OtlpEndpoint = new Uri("http://127.0.0.1:1") };
        await using var gateway = await GatewayFixture.StartAsync(options);
        Assert.Null((await gateway.SubmitAcceptedAsync(gateway.Pay(1), "?wait=sealed")).Refusal);
    }
}
