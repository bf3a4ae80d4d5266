using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Consortium.Api;
using Consortium.Client.Keys;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Consortium.Gateway.Node;
using Consortium.Tests.Node;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Consortium.Tests.Gateway;

/// <summary>The gateway as a process runs it: over a data folder.</summary>
public sealed class HostTests : IDisposable
{
    private const string Password = "a password for tests";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("consortium-host-").FullName;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_restart()
    {
        Prepare(_folder);
        string? id;
        await using (var app = await StartAsync())
        {
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            var network = await http.GetFromJsonAsync<NetworkResponse>(Routes.Network, ApiJson.Options);
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(Routes.Ready)).StatusCode);
            using var content = new ByteArrayContent(Open(network!));
            content.Headers.ContentType = new(MediaTypes.Protobuf);
            using var response = await http.PostAsync(Routes.Transactions + "?wait=sealed", content);
            var receipt = Assert.Single((await GatewayFixture.ReadAsync<SubmissionResponse>(response)).Receipts);
            Assert.Equal(ReceiptOutcome.Accepted, receipt.Outcome);
            id = receipt.TransactionId;
            await app.StopAsync();
        }

        await using var again = await StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(again.Urls.First()) };
        var found = await client.GetFromJsonAsync<TransactionResponse>($"/v1/transactions/{id}", ApiJson.Options);
        Assert.Equal(id, found!.Receipt.TransactionId);
        await again.StopAsync();
    }

    [Fact]
    public async Task Before_the_node_has_started_only_liveness_is_good()
    {
        await using var app = GatewayHost.Build(new GatewayOptions { Urls = "http://127.0.0.1:0" }, (ILedgerNode?)null);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(Routes.Live)).StatusCode);
        using var ready = await http.GetAsync(Routes.Ready);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("NotServing", (await GatewayFixture.ReadProblemAsync(ready)).Name);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync(Routes.Network)).StatusCode);
        await app.StopAsync();
    }

    [Fact]
    public async Task A_folder_without_a_ledger_ends_the_process_with_one() =>
        Assert.Equal(1, await RunAsync(scenario: null));

    [Fact]
    public async Task A_folder_without_producer_keys_ends_the_process_with_one()
    {
        Prepare(_folder);
        Directory.Delete(Path.Combine(_folder, "keys"), recursive: true);
        Assert.Equal(1, await RunAsync(scenario: null));
    }

    [Fact]
    public async Task A_setting_that_is_not_understood_ends_the_process_with_two() =>
        Assert.Equal(2, await RunAsync(scenario: null, "--mining-threads", "none"));

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task A_scenario_prepares_an_empty_folder_plays_and_decides_the_exit_code(bool succeeds, int expected)
    {
        var scenario = new TestScenario(this, succeeds);
        Assert.Equal(expected, await RunAsync(scenario, "--demo", "--once").WaitAsync(Limit));
        Assert.Equal("test", scenario.Network);
    }

    private Task<int> RunAsync(IScenario? scenario, params string[] more) =>
        GatewayHost.RunAsync(["--data", _folder, "--urls", "http://127.0.0.1:0", .. more], scenario);

    private async Task<WebApplication> StartAsync()
    {
        var app = GatewayHost.Build(
            new GatewayOptions { Data = _folder, Urls = "http://127.0.0.1:0", MiningDutyPercent = 20 },
            (IScenario?)null);
        await app.StartAsync();
        using var limit = new CancellationTokenSource(Limit);
        await app.Services.GetRequiredService<NodeSource>().WaitAsync(limit.Token);
        return app;
    }

    private void Prepare(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        File.WriteAllBytes(Path.Combine(folder, "genesis.bin"), NodeFixture.MakeGenesis(_key, 4).Bytes.ToArray());
        OwnerOnlyFile.Create(Path.Combine(folder, "keys", KeyPassword.FileName), Password);
        using var producer = SigningKey.FromKey(ECDsa.Create(_key.ExportParameters(includePrivateParameters: true)));
        KeyFile.Save(Path.Combine(folder, "keys", "test-bank.producer.pem"), producer, Password);
        KeyFile.Create(Path.Combine(folder, "keys", "customer.pem"), Password).Dispose();
    }

    private byte[] Open(NetworkResponse network)
    {
        Assert.True(MemberId.TryParse(Assert.Single(network.Members).Id, out var member));
        Assert.True(Digest.TryParseHex(network.NetworkId, out var id));
        var key = GatewayFixture.PublicKeyOf(_key);
        var body = new OpenAccount(member, Derive.Party(member), Authority.Single(key), ConsentRequired: false, "");
        var payload = TransactionCodec.EncodePayload(id, (ulong)DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeMilliseconds(), [], body);
        return TransactionCodec.EncodeSigned(payload, [(key, P256.Sign(_key, payload))]);
    }

    private sealed class TestScenario(HostTests host, bool succeeds) : IScenario
    {
        public string? Network { get; private set; }

        public Task PrepareAsync(GatewayOptions options, CancellationToken cancellationToken)
        {
            host.Prepare(options.Data);
            return Task.CompletedTask;
        }

        public async Task<bool> PlayAsync(Uri gateway, GatewayOptions options, CancellationToken cancellationToken)
        {
            using var http = new HttpClient { BaseAddress = gateway };
            Network = (await http.GetFromJsonAsync<NetworkResponse>(Routes.Network, ApiJson.Options, cancellationToken))!.Name;
            return succeeds;
        }
    }
}
