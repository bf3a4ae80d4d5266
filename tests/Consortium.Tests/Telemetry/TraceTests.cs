using System.Diagnostics;
using Consortium.Api;
using Consortium.Client;
using Consortium.Consensus.Sequencing;
using Consortium.Consensus.Shards;
using Consortium.Ledger.Signatures;
using Consortium.Simulation.Memory;
using Consortium.Tests.Gateway;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consortium.Tests.Telemetry;

/// <summary>A deal's trace goes from the client through every part to the miner.</summary>
[Collection(ListeningTests.Name)]
public sealed class TraceTests
{
    private static readonly string[] OwnSources = ["Consortium.Client", "Consortium.Gateway", "Consortium.Consensus"];

    [Fact]
    public async Task A_deals_trace_goes_from_the_client_to_its_order_and_links_to_its_batch_and_block()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        using var spans = new SpanCollector(source =>
            source.Name.StartsWith("Consortium.", StringComparison.Ordinal) || source.Name is "Microsoft.AspNetCore" or "System.Net.Http");
        await PayAsync(gateway);

        var client = await spans.WaitAsync("of the client", span => span is { OperationName: "submit", Source.Name: "Consortium.Client" });
        var sent = await ChildAsync(spans, client, "System.Net.Http.HttpRequestOut");
        var received = await ChildAsync(spans, sent, "Microsoft.AspNetCore.Hosting.HttpRequestIn");
        await ChildAsync(spans, received, "decode");
        await ChildAsync(spans, received, "check");
        var submit = await ChildAsync(spans, received, "submit");
        await ChildAsync(spans, received, "wait");
        var order = await ChildAsync(spans, submit, "order");
        Assert.All(new[] { sent, received, submit, order }, span => Assert.Equal(client.TraceId, span.TraceId));
        Assert.Equal(ActivityKind.Client, client.Kind);

        var batchContext = Assert.Single(order.Links).Context;
        var batch = await spans.WaitAsync("of the batch", span => span.SpanId == batchContext.SpanId);
        Assert.Equal("batch", batch.OperationName);
        Assert.Equal(order.SpanId, Assert.Single(batch.Links).Context.SpanId);
        var gather = await ChildAsync(spans, batch, "gather");
        Assert.NotNull((await ChildAsync(spans, gather, "gather shard")).GetTagItem("consortium.shard"));
        await ChildAsync(spans, batch, "execute");
        var append = await ChildAsync(spans, batch, "append");
        Assert.Equal(batch.GetTagItem("consortium.journal.position"), append.GetTagItem("consortium.journal.position"));
        Assert.True((int)append.GetTagItem("consortium.journal.bytes")! > 0);
        var scatter = await ChildAsync(spans, batch, "scatter");
        Assert.NotNull((await ChildAsync(spans, scatter, "scatter shard")).GetTagItem("consortium.shard"));

        var block = await spans.WaitAsync("of the block", span => span.SpanId == batch.ParentSpanId);
        Assert.Equal(("block", default(ActivitySpanId)), (block.OperationName, block.ParentSpanId));
        await ChildAsync(spans, block, "cut");
        await ChildAsync(spans, block, "append");
        var seal = await ChildAsync(spans, block, "seal");
        Assert.Equal(gateway.Ledger.Member.ToString(), (await ChildAsync(spans, seal, "mine")).GetTagItem("consortium.member"));
    }

    [Fact]
    public async Task Every_submission_of_a_batch_has_an_order_of_its_own_and_the_batch_is_linked_to_each()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        using var spans = new SpanCollector(source => source.Name == "Consortium.Consensus");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.Ledger.Node.SubmitAsync([gateway.Pay(1), gateway.Pay(1)])));
        var orders = spans.Ended.Where(span => span.OperationName == "order").ToList();
        Assert.Equal(20, orders.Count);
        foreach (var order in orders)
        {
            var link = Assert.Single(order.Links).Context.SpanId;
            var batch = await spans.WaitAsync("of the batch", span => span.SpanId == link);
            Assert.Single(batch.Links, back => back.Context.SpanId == order.SpanId);
        }
    }

    [Fact]
    public async Task Callers_that_come_together_have_an_order_each_in_their_own_trace()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        using var spans = new SpanCollector(source => source.Name == "Consortium.Consensus");
        ActivityContext[] callers = [Caller(), Caller()];
        var genesis = gateway.Ledger.Genesis;
        var sequencer = new Sequencer(
            genesis,
            new MemoryJournal(),
            [.. Enumerable.Range(0, genesis.Shards).Select(number => new LocalShard(new StateShard(number, genesis.ShardCount), TaskScheduler.Default))],
            [],
            gateway.Ledger.Node,
            new SequencerOptions(),
            new P256VerifierCache(),
            TimeProvider.System,
            NullLogger.Instance);
        var answer = sequencer.SubmitAsync([gateway.Pay(1)], callers);
        await sequencer.RunAsync(new CancellationToken(canceled: true));
        Assert.NotNull(Assert.Single(await answer).Refused);
        foreach (var caller in callers)
        {
            var order = await spans.WaitAsync("of the order", span => span.ParentSpanId == caller.SpanId);
            Assert.Equal(("order", caller.TraceId), (order.OperationName, order.TraceId));
        }
    }

    [Fact]
    public async Task What_is_done_where_nothing_is_recorded_leaves_the_callers_traces()
    {
        using var spans = new SpanCollector(source => source.Name.StartsWith("Consortium.", StringComparison.Ordinal));
        using var beginner = new Activity("beginner").Start();
        await using var gateway = await GatewayFixture.StartAsync();
        await gateway.SubmitAcceptedAsync(gateway.Pay(1), "?wait=sealed");
        var batch = await spans.WaitAsync("of a batch", span => span.OperationName == "batch");
        Assert.NotEqual(beginner.TraceId, batch.TraceId);
    }

    [Fact]
    public async Task Without_listeners_there_are_no_spans()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        Activity? seen = null;
        gateway.Node.Submit = transactions =>
        {
            seen = Activity.Current;
            return gateway.Ledger.Node.SubmitAsync(transactions);
        };
        await PayAsync(gateway);

        // The web server has one of its own for its logs, which nobody records.
        Assert.True(seen is null or { Recorded: false, OperationName: "Microsoft.AspNetCore.Hosting.HttpRequestIn" }, seen?.OperationName);
        Assert.All(
            OwnSources,
            name => Assert.False(new ActivitySource(name).HasListeners()));
    }

    private static ActivityContext Caller() =>
        new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);

    private static Task<Activity> ChildAsync(SpanCollector spans, Activity parent, string name) =>
        spans.WaitAsync($"{name} under {parent.OperationName}", span => span.ParentSpanId == parent.SpanId && span.OperationName == name);

    private static async Task PayAsync(GatewayFixture gateway)
    {
        using var client = new ConsortiumClient(new HttpClient { BaseAddress = gateway.Http.BaseAddress }, TimeProvider.System);
        var receipt = await client.Submissions.SubmitAndWaitAsync(
            gateway.Pay(1).SignedBytes,
            FinalityLevel.Sealed,
            TimeSpan.FromSeconds(60),
            new RetryOptions(),
            CancellationToken.None);
        Assert.Equal(ReceiptOutcome.Accepted, receipt.Outcome);
    }
}
