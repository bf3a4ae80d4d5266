using System.Diagnostics;
using Consortium.Client;
using Consortium.Tests.Telemetry;

namespace Consortium.Cluster.Tests.Operating;

/// <summary>The operator's view of a cluster: its parts through the doctor, a transaction through its trace.</summary>
[Collection(ListeningTests.Name)]
public sealed class OperatingTests
{
    private const int AccountsMax = 30;

    [Fact]
    public async Task The_doctor_finds_every_part_of_a_cluster_whichever_process_is_asked()
    {
        await using var cluster = await SilosInProcess.StartAsync();
        foreach (var url in cluster.Urls)
        {
            using var client = new ConsortiumClient(new HttpClient { BaseAddress = url }, TimeProvider.System);
            var report = await client.GetDoctorAsync(CancellationToken.None);
            Assert.Equal(
                cluster.Genesis.Members.Take(2).Select(member => member.Id.ToString()).Order(StringComparer.Ordinal),
                report.Silos.Select(silo => silo.Member).Order(StringComparer.Ordinal),
                StringComparer.Ordinal);
            Assert.All(report.Silos, silo =>
            {
                Assert.Equal(("active", null, null), (silo.Membership, silo.Fault, silo.CertificateExpiresMs));
                Assert.Contains(silo.Status, ["ordering", "following"], StringComparer.Ordinal);
                Assert.InRange(silo.ClockSkewMs!.Value, -silo.ClockUncertaintyMs!.Value - 1, silo.ClockUncertaintyMs.Value + 1);
            });
            Assert.Single(report.Silos, silo => silo.Status == "ordering");
            Assert.Equal(cluster.Genesis.Shards, report.Shards.Count(shard => shard.Position is not null));
            Assert.True(report.Consensus!.Position > 0);
        }

        // Three of the five members have no silo: that is no failure.
        var run = await SilosInProcess.RunAsync(cluster.Gateway, "doctor", "--json");
        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        Assert.Equal(3, run.Json["findings"]!.AsArray().Count(finding => finding!["what"]!.GetValue<string>().EndsWith("has no silo that answers.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_trace_goes_from_the_client_through_gateway_and_silo_to_consensus_and_by_link_to_shards_and_miner()
    {
        await using var cluster = await SilosInProcess.StartAsync();
        using var spans = new SpanCollector(source =>
            source.Name.StartsWith("Consortium.", StringComparison.Ordinal)
            || source.Name.StartsWith("Microsoft.Orleans.", StringComparison.Ordinal)
            || source.Name is "Microsoft.AspNetCore" or "System.Net.Http");
        await cluster.OpenAccountAsync();

        // Sealed is what was ordered last: an order before it was not answered, and came again.
        var order = spans.Ended.Last(span => span.OperationName == "order");
        var path = Path(spans, order);
        string[] expected = ["submit", "System.Net.Http.HttpRequestOut", "Microsoft.AspNetCore.Hosting.HttpRequestIn", "submit", "carry", "order"];
        Assert.Equal(expected, path.Where(span => !IsOrleans(span)).Select(span => span.OperationName), StringComparer.Ordinal);
        Assert.Contains(path, IsOrleans);

        var batchId = Assert.Single(order.Links).Context.SpanId;
        var batch = await spans.WaitAsync("of the batch", span => span.SpanId == batchId);
        var block = await spans.WaitAsync("of the block", span => span.SpanId == batch.ParentSpanId);
        foreach (var (name, grain) in new[] { ("mine", "Miner"), ("cut", "Shard") })
        {
            await spans.WaitAsync(
                $"of a grain under {name}",
                span => IsOrleans(span) && span.OperationName.Contains(grain, StringComparison.Ordinal) && span.TraceId == block.TraceId && Path(spans, span).Any(above => above.OperationName == name));
        }

        // A shard of the sequencer's own silo is asked without a call: which ones an account needs is chance, so one needs another silo's soon.
        foreach (var name in new[] { "gather shard", "scatter shard" })
        {
            for (var account = 0; account < AccountsMax && !spans.Ended.Any(span => IsShardCallUnder(spans, span, name)); account++)
            {
                await cluster.OpenAccountAsync();
            }

            await spans.WaitAsync($"of a grain under {name}", span => IsShardCallUnder(spans, span, name));
        }

        // Work that goes on all the time leaves no spans.
        Assert.DoesNotContain(spans.Ended, span => span.OperationName.Contains("Follow", StringComparison.Ordinal));
    }

    private static bool IsShardCallUnder(SpanCollector spans, Activity span, string name) =>
        IsOrleans(span) && span.OperationName.Contains("Shard", StringComparison.Ordinal) && Path(spans, span).Any(above => above.OperationName == name);

    private static bool IsOrleans(Activity span) => span.Source.Name.StartsWith("Microsoft.Orleans.", StringComparison.Ordinal);

    private static List<Activity> Path(SpanCollector spans, Activity span)
    {
        var ended = spans.Ended.ToLookup(one => one.SpanId);
        var path = new List<Activity> { span };
        while (ended[path[0].ParentSpanId].FirstOrDefault() is { } parent)
        {
            path.Insert(0, parent);
        }

        return path;
    }
}
