using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Consortium.Api;
using Consortium.Cluster.Tests.Harness;
using Consortium.Cluster.Tests.Storage;
using Consortium.Silo.Hosting;
using Consortium.Tests.Cli;
using Consortium.Tests.Kubernetes;
using Microsoft.Extensions.Configuration;
using Xunit.Abstractions;

namespace Consortium.Cluster.Tests.Kubernetes;

/// <summary>Silos and gateways start with the settings of the manifests, find each other and serve.</summary>
[Collection(OneClusterAtATime.Name)]
public sealed class RenderedNetworkTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Every silo or gateway of every overlay.</summary>
    public static TheoryData<string, string> Workloads { get; } = AllWorkloads();

    [Fact]
    public async Task The_local_overlays_silos_find_each_other_at_their_pods_addresses_and_its_gateway_finds_them()
    {
        await using var network = new RenderedNetwork("local", storageConnection: null, output);
        network.Start();
        await network.WaitUntilReadyAsync();
        await WaitUntilTheDoctorIsQuietAsync(network);
    }

    [Fact]
    [Trait("Needs", "Azurite")]
    public async Task The_local_overlays_processes_wait_for_a_storage_that_is_the_last_to_start()
    {
        var azurite = new Azurite();
        try
        {
            await using var network = new RenderedNetwork("local", azurite.Connection, output);
            network.Start();
            foreach (var process in network.All)
            {
                await process.WaitUntilAsync(
                    () => Task.FromResult(process.LogLines.Any(line => line.Contains("Waiting for the storage.", StringComparison.Ordinal))),
                    "does not say that it waits");
            }

            using var http = new HttpClient();
            foreach (var process in network.All)
            {
                Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(process.Url, Routes.Live))).StatusCode);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync(new Uri(process.Url, Routes.Ready))).StatusCode);
            }

            await azurite.InitializeAsync();
            await network.WaitUntilReadyAsync();
            await WaitUntilTheDoctorIsQuietAsync(network);
        }
        finally
        {
            await azurite.DisposeAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Workloads))]
    public void Each_workload_has_settings_that_the_silo_takes_and_advertises_its_pods_address(string overlay, string name)
    {
        var set = ManifestSet.Render(overlay);
        var workload = set.Workloads.Single(workload => workload.Name == name);
        var container = workload.Containers[0];
        var made = new Dictionary<(string Kind, string Name, string Key), byte[]>
        {
            [("Secret", "membership", "connection")] = "Host=db;Username=silo;Password=x;Database=consortium"u8.ToArray(),
        };
        var environment = RenderedPod.Environment(set, container, "pod-0", "10.1.2.3", made);
        var surroundings = new ConfigurationBuilder().AddInMemoryCollection(environment!).Build();
        Assert.Null(SiloSettings.TryRead([.. container.Each("/args").Select(argument => argument.ToString())], surroundings, out var options));
        Assert.NotNull(options);
        if (options.Host == SiloHostKind.Silo)
        {
            Assert.Equal(IPAddress.Parse("10.1.2.3"), options.Address);
            Assert.Equal("pod-0", options.SiloName);
        }
    }

    [Fact]
    public void What_the_manifests_may_set_of_a_silo_is_a_setting_of_it()
    {
        var own = SiloSettings.All.Select(setting => setting.Name).ToList();
        Assert.Empty(SettingRules.OfSilos.Except(own, StringComparer.Ordinal));
    }

    private static TheoryData<string, string> AllWorkloads()
    {
        var data = new TheoryData<string, string>();
        foreach (var overlay in ManifestTests.OverlayNames)
        {
            foreach (var workload in ManifestSet.Render(overlay).Workloads.Where(workload => workload.IsConsortium))
            {
                data.Add(overlay, workload.Name);
            }
        }

        return data;
    }

    // The doctor warns of silos that are still joining, so the test waits until it has no findings left.
    private static async Task WaitUntilTheDoctorIsQuietAsync(RenderedNetwork network)
    {
        var started = Stopwatch.GetTimestamp();
        for (; ; )
        {
            var run = await CliRun.WithAsync(_ => new SocketsHttpHandler(), RenderedNetwork.Environment, "doctor", "--json", "--url", network.Gateway.Url.ToString());
            var report = JsonNode.Parse(run.Out);
            if (report.Text("/verdict") == "ok")
            {
                var silos = report.Each("/report/silos");
                Assert.Equal(network.Silos.Count, silos.Count);
                Assert.All(silos, silo => Assert.StartsWith($"S{RenderedNetwork.Address}:", silo.Text("/address"), StringComparison.Ordinal));
                return;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, run.Out + run.Error);
            await Task.Delay(Pause);
        }
    }
}
