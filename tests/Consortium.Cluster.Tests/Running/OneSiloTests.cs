using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Consortium.Api;
using Consortium.Api.Files;
using Consortium.Client.Keys;
using Consortium.Cluster.Tests.Harness;
using Consortium.Cluster.Tests.Storage;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Consortium.Silo.Hosting;
using Consortium.Tests.Gateway;
using Consortium.Tests.Node;

namespace Consortium.Cluster.Tests.Running;

/// <summary>One silo over a data folder, as the README's first command starts it.</summary>
[Collection(OneClusterAtATime.Name)]
public sealed class OneSiloTests : IDisposable
{
    private const string Password = "a password for tests";
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
        await using (var silo = await InProcessSilo.StartAsync(Options, TimeProvider.System))
        {
            using var http = new HttpClient { BaseAddress = silo.Url };
            var network = await http.GetFromJsonAsync<NetworkResponse>(Routes.Network, ApiJson.Options);
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(Routes.Ready)).StatusCode);
            using var content = new ByteArrayContent(Open(network!));
            content.Headers.ContentType = new(MediaTypes.Protobuf);
            using var response = await http.PostAsync(Routes.Transactions + "?wait=sealed", content);
            var receipt = Assert.Single((await GatewayFixture.ReadAsync<SubmissionResponse>(response)).Receipts);
            Assert.Equal(ReceiptOutcome.Accepted, receipt.Outcome);
            id = receipt.TransactionId;
        }

        await using var again = await InProcessSilo.StartAsync(Options, TimeProvider.System);
        using var client = new HttpClient { BaseAddress = again.Url };
        var found = await client.GetFromJsonAsync<TransactionResponse>($"/v1/transactions/{id}", ApiJson.Options);
        Assert.Equal(id, found!.Receipt.TransactionId);
    }

    [Fact]
    public async Task Before_the_node_has_started_only_liveness_is_good()
    {
        await using var app = GatewayHost.Build(Options.Gateway with { Urls = "http://127.0.0.1:0", GrpcUrls = string.Empty }, node: null, _ => { });
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
    public Task A_folder_without_a_ledger_ends_the_process_with_one() => EndsAsync(1, "Start with --demo");

    [Fact]
    public Task A_folder_without_producer_keys_ends_the_process_with_one()
    {
        Prepare(_folder);
        Directory.Delete(Path.Combine(_folder, "keys"), recursive: true);
        return EndsAsync(1, "nobody would seal blocks");
    }

    [Fact]
    public Task A_setting_that_is_not_understood_ends_the_process_with_two() =>
        EndsAsync(2, "--mining-threads must be from 1 to 1024", "--mining-threads", "none");

    [Fact]
    public Task A_scenario_over_another_network_ends_the_process_with_one()
    {
        Prepare(_folder);
        return EndsAsync(1, "has no member 'meridian-bank'", "--demo", "--once");
    }

    private SiloOptions Options => new() { Gateway = new GatewayOptions { Data = _folder, MiningDutyPercent = 20 } };

    private async Task EndsAsync(int exitCode, string says, params string[] more)
    {
        string[] arguments =
        [
            "--data", _folder,
            "--urls", "http://127.0.0.1:0",
            "--grpc-urls", "off",
            "--silo-port", FormattableString.Invariant($"{Azurite.FreePort()}"),
            "--client-port", FormattableString.Invariant($"{Azurite.FreePort()}"),
            .. more,
        ];
        await using var silo = new SiloUnderTest("silo", new Uri("http://127.0.0.1:1"), arguments);
        silo.Start();
        Assert.Equal(exitCode, await silo.WaitForExitAsync());
        Assert.Contains(says, silo.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", silo.Log, StringComparison.Ordinal);
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
}
