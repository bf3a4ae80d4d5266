using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Consortium.Api;
using Consortium.Api.Files;
using Consortium.Client.Keys;
using Consortium.Cluster.Tests.Harness;
using Consortium.Consensus.Ports;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Consortium.Ledger.Verification;
using Consortium.Silo.Hosting;
using Consortium.Tests.Cli;
using Consortium.Tests.Gateway;
using Consortium.Tests.Node;
using Consortium.Tests.Storage;

namespace Consortium.Cluster.Tests.Running;

/// <summary>A network that was restarted several times is exported, imported into an empty folder, and goes on there.</summary>
[Collection(OneClusterAtATime.Name)]
public sealed class ImportTests : IDisposable
{
    private const string Password = "a password for tests";
    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly List<string> _transactions = [];

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_silo_goes_on_with_the_chain_of_another_ledger()
    {
        Prepare();
        var (blocks, export) = (new List<BlockResponse>(), Array.Empty<byte>());
        for (var starts = 0; starts < 3; starts++)
        {
            await using var silo = await InProcessSilo.StartAsync(Options("old"), TimeProvider.System);
            using var http = new HttpClient { BaseAddress = silo.Url };
            await OpenAsync(http, 5);
            (blocks, export) = (await BlocksAsync(http), await http.GetByteArrayAsync(Routes.Export));
        }

        await File.WriteAllBytesAsync(At("chain"), export);
        var run = await CliRun.OfflineAsync("import", At("chain"), "--data", At("new"), "--json");
        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        Assert.Null(RoleHarnessTests.Verify(export, out var old));
        Assert.Equal(old.StateRoot.ToString(), run.Json["stateRoot"]!.GetValue<string>());

        for (var starts = 0; starts < 2; starts++)
        {
            await using var silo = await InProcessSilo.StartAsync(Options("new"), TimeProvider.System);
            using var http = new HttpClient { BaseAddress = silo.Url };
            Assert.False(File.Exists(Path.Combine(At("new"), "import.bin")));
            await OpenAsync(http, 1);
            foreach (var id in _transactions)
            {
                var found = await http.GetFromJsonAsync<TransactionResponse>($"/v1/transactions/{id}", ApiJson.Options);
                Assert.Equal(ReceiptOutcome.Accepted, found!.Receipt.Outcome);
            }

            var again = await BlocksAsync(http);
            foreach (var (was, block) in blocks.Zip(again))
            {
                // Headers hold every root; where the seal stands in the journal is nobody's business.
                Assert.Equal(TextOf(was), TextOf(block));
            }

            var newExport = await http.GetByteArrayAsync(Routes.Export);
            Assert.Null(RoleHarnessTests.Verify(newExport, out var verified));
            Assert.True(verified.Height > old.Height);
            Assert.Equal(_transactions.Count, verified.TransactionCount);
            Assert.True(newExport.AsSpan().StartsWith(export.AsSpan(0, export.Length - ExportFormat.RecordHeadSize - Digest.Size)));
        }
    }

    [Fact]
    public async Task A_ledger_of_the_former_one_machine_program_is_refused_before_anything_is_written()
    {
        Prepare();
        await File.WriteAllTextAsync(Path.Combine(At("old"), "format"), "consortium data folder, format 4\n");
        await File.WriteAllTextAsync(Path.Combine(At("old"), "ledger.db"), "x");
        var before = Directory.GetFileSystemEntries(At("old"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        var fault = await Assert.ThrowsAsync<StorageException>(() => SiloProcess.CreateAsync(Options("old"), TimeProvider.System, default));
        Assert.Contains("'consortium import FILE' into an empty folder", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(At("old"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }

    private static string TextOf(BlockResponse block) => System.Text.Json.JsonSerializer.Serialize(block, ApiJson.Options);

    private static async Task<List<BlockResponse>> BlocksAsync(HttpClient http)
    {
        var network = await http.GetFromJsonAsync<NetworkResponse>(Routes.Network, ApiJson.Options);
        var blocks = new List<BlockResponse>();
        for (var height = 1ul; height <= network!.FinalHeight; height++)
        {
            blocks.Add((await http.GetFromJsonAsync<BlockResponse>(FormattableString.Invariant($"/v1/blocks/{height}"), ApiJson.Options))!);
        }

        return blocks;
    }

    private async Task OpenAsync(HttpClient http, int times)
    {
        var network = await http.GetFromJsonAsync<NetworkResponse>(Routes.Network, ApiJson.Options);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(Routes.Ready)).StatusCode);
        for (var i = 0; i < times; i++)
        {
            using var content = new ByteArrayContent(Open(network!, i));
            content.Headers.ContentType = new(MediaTypes.Protobuf);
            using var response = await http.PostAsync(Routes.Transactions + (i == times - 1 ? "?wait=final" : ""), content);
            var receipt = Assert.Single((await GatewayFixture.ReadAsync<SubmissionResponse>(response)).Receipts);
            Assert.Equal(ReceiptOutcome.Accepted, receipt.Outcome);
            _transactions.Add(receipt.TransactionId!);
        }
    }

    private SiloOptions Options(string data) => new()
    {
        Gateway = new GatewayOptions { Data = At(data), Keys = At("keys"), MiningDutyPercent = 20 },
    };

    private void Prepare()
    {
        Directory.CreateDirectory(At("keys"));
        Directory.CreateDirectory(At("old"));
        File.WriteAllBytes(Path.Combine(At("old"), "genesis.bin"), NodeFixture.MakeGenesis(_key, 4).Bytes.ToArray());
        OwnerOnlyFile.Create(Path.Combine(At("keys"), KeyPassword.FileName), Password);
        using var producer = SigningKey.FromKey(ECDsa.Create(_key.ExportParameters(includePrivateParameters: true)));
        KeyFile.Save(Path.Combine(At("keys"), "test-bank.producer.pem"), producer, Password);
    }

    private byte[] Open(NetworkResponse network, int number)
    {
        Assert.True(MemberId.TryParse(Assert.Single(network.Members).Id, out var member));
        Assert.True(Digest.TryParseHex(network.NetworkId, out var id));
        var key = GatewayFixture.PublicKeyOf(_key);
        var salt = FormattableString.Invariant($"{_transactions.Count:x4}{number:x4}");
        var body = new OpenAccount(member, Derive.Party(member), Authority.Single(key), ConsentRequired: false, salt);
        var payload = TransactionCodec.EncodePayload(id, (ulong)DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeMilliseconds(), [], body);
        return TransactionCodec.EncodeSigned(payload, [(key, P256.Sign(_key, payload))]);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);
}
