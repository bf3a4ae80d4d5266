using System.Net;
using Consortium.Api;
using Consortium.Gateway.Node;
using Consortium.Ledger;
using Consortium.Tests.Cli;

namespace Consortium.Tests.Gateway;

/// <summary>The doctor's endpoint and verb over one process with every role, and what readiness says of each status.</summary>
public sealed class DoctorTests : IAsyncLifetime
{
    private GatewayFixture _gateway = null!; // Made by InitializeAsync.

    public async Task InitializeAsync() => _gateway = await GatewayFixture.StartAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Every_part_of_one_process_answers()
    {
        await _gateway.SubmitAcceptedAsync(_gateway.Pay(1), "?wait=final");
        var report = await _gateway.GetAsync<DoctorResponse>(Routes.Doctor);
        Assert.Equal((_gateway.Ledger.Genesis.Network.ToString(), "ordering"), (report.NetworkId, report.Status));
        var silo = Assert.Single(report.Silos);
        Assert.Equal((null, "ordering", "active", null), (silo.Member, silo.Status, silo.Membership, silo.Fault));
        Assert.Equal((0, 0), (silo.ClockSkewMs, silo.ClockUncertaintyMs));
        Assert.Equal("Test Bank 1", Assert.Single(report.Members).Name);
        Assert.Equal(Enumerable.Range(0, _gateway.Ledger.Genesis.Shards), report.Shards.Select(shard => shard.Number));
        Assert.All(report.Shards, shard => Assert.NotNull(shard.Position));
        Assert.True(report.Consensus!.Position > 0);
        Assert.True(report.FinalHeight > 0 && report.SealedHeight > report.FinalHeight);
        Assert.InRange(report.FinalTimeMs, _gateway.Ledger.Genesis.TimeMs + 1, report.SealedTimeMs);
    }

    [Fact]
    public async Task The_report_travels_over_gRPC_as_it_does_as_JSON()
    {
        var report = await _gateway.GetAsync<DoctorResponse>(Routes.Doctor);
        Assert.Equivalent(report, DoctorResponse.FromWire(report.ToWire()), strict: true);
        var silent = new DoctorSilo("S1", "active", 1, Fault: "silent");
        Assert.Equal(silent, DoctorSilo.FromWire(silent.ToWire()));
        var full = new DoctorSilo("S1", "active", 1, "mem1a", "ordering", "1", -2, 3, 4, null);
        Assert.Equal(full, DoctorSilo.FromWire(full.ToWire()));
        var shard = new DoctorShard(1, 2, Fault: "silent");
        Assert.Equal(shard, DoctorShard.FromWire(shard.ToWire()));
    }

    [Fact]
    public async Task The_verb_prints_a_line_per_finding_and_exits_with_0_when_none_is_a_failure()
    {
        await _gateway.SubmitAcceptedAsync(_gateway.Pay(1), "?wait=final");
        var run = await RunAsync("doctor");
        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        Assert.Matches("(?m)^ok +shards +All 48 answer", run.Out);
        Assert.Matches("(?m)^ok +gateway +It is ordering", run.Out);
        var json = (await RunAsync("doctor", "--json")).Json;
        Assert.Equal("ok", json["verdict"]!.GetValue<string>());
        Assert.Equal(48, json["report"]!["shards"]!.AsArray().Count);
        Assert.All(json["findings"]!.AsArray(), finding => Assert.NotEmpty(finding!["what"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_verb_exits_with_1_and_says_what_to_do_when_something_failed()
    {
        await _gateway.SubmitAcceptedAsync(_gateway.Pay(1), "?wait=final");
        _gateway.Node.StatusGiven = NodeStatus.Draining;
        var run = await RunAsync("doctor");
        Assert.Equal(1, run.ExitCode);
        Assert.Matches("(?m)^failure +gateway +It is draining", run.Out);
        Assert.Contains("What to do: ", run.Out, StringComparison.Ordinal);
        Assert.Contains("network_unwell: 1 of ", run.Error, StringComparison.Ordinal);
        var json = (await RunAsync("doctor", "--json")).Json;
        Assert.Equal(("failure", "network_unwell"), (json["verdict"]!.GetValue<string>(), json["error"]!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_node_that_stopped_says_that_nobody_orders()
    {
        await _gateway.Ledger.Node.DisposeAsync();
        var report = await _gateway.GetAsync<DoctorResponse>(Routes.Doctor);
        Assert.Equal(("stopped", null), (report.Status, report.Consensus));
    }

    [Theory]
    [InlineData(NodeStatus.Ordering, true)]
    [InlineData(NodeStatus.Following, true)]
    [InlineData(NodeStatus.Starting, false)]
    [InlineData(NodeStatus.Draining, false)]
    [InlineData(NodeStatus.Stopped, false)]
    public async Task Readiness_tells_every_status_apart(NodeStatus status, bool isReady)
    {
        _gateway.Node.StatusGiven = status;
        using var response = await _gateway.Http.GetAsync(Routes.Ready);
        if (isReady)
        {
            Assert.Equal(EnumText.Write(status), (await GatewayFixture.ReadAsync<HealthResponse>(response)).Status);
        }
        else
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            var problem = await GatewayFixture.ReadProblemAsync(response);
            Assert.Equal(nameof(Refusal.NotServing), problem.Name);
            Assert.StartsWith($"The node is {EnumText.Write(status)}: ", problem.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_node_that_begins_to_drain_is_not_ready_any_more_and_finishes_what_is_in_hand()
    {
        _gateway.Ledger.Node.BeginDraining();
        using var response = await _gateway.Http.GetAsync(Routes.Ready);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Null(Assert.Single(await _gateway.Ledger.Node.SubmitAsync([_gateway.Pay(1)])).Refused);
    }

    private Task<CliRun> RunAsync(params string[] words) =>
        CliRun.WithAsync(_ => new SocketsHttpHandler(), [.. words, "--url", _gateway.Http.BaseAddress!.ToString()]);
}
