using System.Diagnostics;
using Consortium.Grains.Consensus;
using Consortium.Grains.Messages;
using Consortium.Silo.Following;
using Consortium.Tests.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consortium.Cluster.Tests.Operating;

/// <summary>Submissions that one call carries to consensus stay in their own traces.</summary>
[Collection(ListeningTests.Name)]
public sealed class SubmissionBatcherTraceTests
{
    [Fact]
    public async Task A_call_for_several_is_linked_to_all_and_tells_consensus_who_they_are()
    {
        using var spans = new SpanCollector(source => source.Name == "Consortium.Grains");
        var consensus = new AnsweringConsensus();
        var batcher = new SubmissionBatcher(consensus, transactionsMax: 100, NullLogger.Instance);
        var answers = new List<Task<OrderReply>>();
        var callers = new List<Activity>();
        for (var i = 0; i < 3; i++)
        {
            using var caller = Caller();
            callers.Add(caller);
            answers.Add(batcher.SubmitAsync([new byte[] { 1 }]));
        }

        // They all wait before the first is carried.
        await CarryAsync(batcher, answers);
        var request = Assert.Single(consensus.Requests);
        Assert.Equal(callers.Select(caller => caller.Id), request.Callers, StringComparer.Ordinal);
        var carry = await spans.WaitAsync("of the call", span => span.OperationName == "carry");
        Assert.Equal(default, carry.ParentSpanId);
        Assert.Equal(callers.Select(caller => caller.SpanId), carry.Links.Select(link => link.Context.SpanId));
    }

    [Fact]
    public async Task A_call_for_one_stands_in_its_trace()
    {
        using var spans = new SpanCollector(source => source.Name == "Consortium.Grains");
        var consensus = new AnsweringConsensus();
        var batcher = new SubmissionBatcher(consensus, transactionsMax: 100, NullLogger.Instance);
        using var caller = Caller();
        await CarryAsync(batcher, [batcher.SubmitAsync([new byte[] { 1 }])]);
        Assert.Empty(Assert.Single(consensus.Requests).Callers);
        Assert.Equal(caller.SpanId, (await spans.WaitAsync("of the call", span => span.OperationName == "carry")).ParentSpanId);
    }

    [Fact]
    public async Task Callers_whose_spans_nobody_records_leave_no_spans()
    {
        using var spans = new SpanCollector(source => source.Name == "Consortium.Grains");
        var consensus = new AnsweringConsensus();
        var batcher = new SubmissionBatcher(consensus, transactionsMax: 100, NullLogger.Instance);
        using var caller = new Activity("caller").Start();
        await CarryAsync(batcher, [batcher.SubmitAsync([new byte[] { 1 }]), batcher.SubmitAsync([new byte[] { 2 }])]);
        Assert.Empty(Assert.Single(consensus.Requests).Callers);
        Assert.Empty(spans.Ended);
    }

    private static Activity Caller() => new Activity("caller") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();

    private static async Task CarryAsync(SubmissionBatcher batcher, IReadOnlyList<Task<OrderReply>> answers)
    {
        batcher.Complete();
        await batcher.RunAsync();
        Assert.All(await Task.WhenAll(answers), reply => Assert.Equal(0, Assert.Single(reply.Answers).Refusal));
    }

    private sealed class AnsweringConsensus : IConsensusGrain
    {
        public List<OrderRequest> Requests { get; } = [];

        public Task<OrderReply> SubmitAsync(OrderRequest request)
        {
            Requests.Add(request);
            var count = request.Transactions.ToList().Count;
            return Task.FromResult(new OrderReply([.. Enumerable.Repeat(new OrderAnswer(0, null, 1, 0, IsDuplicate: false, Receipt: null), count)], 1));
        }

        public Task<FollowReply> FollowAsync(FollowRequest request) => throw new NotSupportedException();

        public Task<FoundTransaction> FindAsync(byte[] id) => throw new NotSupportedException();

        public Task<Blobs> ShardRootsAsync(ulong height) => throw new NotSupportedException();
    }
}
