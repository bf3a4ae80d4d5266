using System.Security.Cryptography;
using Consortium.Api;
using Consortium.Client;
using Consortium.Client.Grpc;
using Consortium.Client.Keys;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;

namespace Consortium.Cluster.Tests.Grpc;

/// <summary>Reads over gRPC by callers with and without credentials, once authentication is on.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private const string Token = "0123456789abcdef-token";
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly string _tokens = Path.GetTempFileName();
    private GrpcFixture _gateway = null!; // Made by InitializeAsync.

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_tokens, $"auditor {Token}\n");
        _gateway = await GrpcFixture.StartAsync(new GatewayOptions { Auth = true, Tokens = _tokens });
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        File.Delete(_tokens);
    }

    [Fact]
    public async Task Every_read_that_is_not_public_needs_somebody_known()
    {
        var receipts = await _gateway.Grpc.SendAsync(_gateway.Pay(1).SignedBytes.ToArray(), FinalityLevel.Sealed, TimeSpan.FromSeconds(60), None);
        var id = new TransactionId(Digest.FromBytes(receipts.Receipts[0].TransactionId.Span));
        var party = Derive.Party(_gateway.Ledger.Member);
        var payload = Ledger.Wire.SignedTransaction.Parser.ParseFrom(_gateway.Pay(1).SignedBytes.Span).Payload.ToBase64();
        var reads = new Dictionary<string, Func<GrpcTransport, Task>>(StringComparer.Ordinal)
        {
            ["account"] = transport => transport.GetAccountAsync(_gateway.Alice, None),
            ["balances"] = transport => transport.GetBalancesAsync(_gateway.Alice, at: null, None),
            ["statement"] = transport => transport.GetStatementAsync(_gateway.Alice, from: null, to: null, None),
            ["holders"] = transport => transport.GetHoldersAsync(_gateway.Money, after: null, None),
            ["balance sheet"] = transport => transport.GetBalanceSheetAsync(party, at: null, None),
            ["holding proof"] = transport => transport.ProveHoldingAsync(_gateway.Alice, Instrument.Full(_gateway.Money), None),
            ["transaction proof"] = transport => transport.ProveTransactionAsync(id, None),
            ["transaction"] = transport => transport.GetTransactionAsync(id, None),
            ["wait"] = transport => transport.WaitAsync(id, FinalityLevel.Ordered, TimeSpan.FromSeconds(1), None),
            ["simulation"] = transport => transport.SimulateAsync(new SimulationRequest(payload), None),
            ["doctor"] = transport => transport.GetDoctorAsync(None),
            ["block"] = transport => transport.GetBlockAsync("latest", None),
            ["export"] = async transport => await (await transport.ExportAsync(to: null, None)).DisposeAsync(),
            ["events"] = async transport => await transport.EventsAsync(1, None).GetAsyncEnumerator(None).MoveNextAsync(),
        };
        using var member = Key(_gateway.Ledger.MemberKey);
        using var stranger = SigningKey.Generate();
        foreach (var (name, read) in reads)
        {
            Assert.Equal((name, Refusal.Unauthenticated), (name, await AskAsync(read, new())));
            Assert.Equal((name, Refusal.Unauthenticated), (name, await AskAsync(read, new() { Token = "wrong-token-wrong-token" })));
            Assert.Equal((name, Refusal.None), (name, await AskAsync(read, new() { Token = Token })));
            Assert.Equal((name, Refusal.None), (name, await AskAsync(read, new() { Signer = member })));
            Assert.Equal((name, Refusal.Forbidden), (name, await AskAsync(read, new() { Signer = stranger })));
        }
    }

    [Fact]
    public async Task An_account_is_read_by_a_key_of_its_authority_and_by_no_other_customer()
    {
        using var alice = Key(_gateway.AliceKey);
        using var bob = Key(_gateway.BobKey);
        Task Read(GrpcTransport transport) => transport.GetBalancesAsync(_gateway.Alice, 0, None);
        Assert.Equal(Refusal.None, await AskAsync(Read, new() { Signer = alice }));
        Assert.Equal(Refusal.Forbidden, await AskAsync(Read, new() { Signer = bob }));
    }

    [Theory]
    [InlineData("/consortium.api.v1.Queries/GetAccount", "", 0, Refusal.None)]
    [InlineData("/consortium.api.v1.Queries/GetBalances", "", 0, Refusal.Unauthenticated)]
    [InlineData("/consortium.api.v1.Queries/GetAccount", "another request", 0, Refusal.Unauthenticated)]
    [InlineData("/consortium.api.v1.Queries/GetAccount", "", 90, Refusal.Unauthenticated)]
    [InlineData("/consortium.api.v1.Queries/GetAccount", "", -61, Refusal.Unauthenticated)]
    public async Task A_signature_is_for_one_call_one_request_and_one_minute(string method, string other, int seconds, Refusal expected)
    {
        var request = new Api.Wire.GetAccountRequest { Id = _gateway.Alice.ToString() };
        var covered = other.Length == 0 ? Google.Protobuf.MessageExtensions.ToByteArray(request) : System.Text.Encoding.UTF8.GetBytes(other);
        using var alice = Key(_gateway.AliceKey);
        var timeMs = (ulong)DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeMilliseconds();
        var value = alice.Sign(RequestSignature.Message("POST", RequestSignature.CallTarget(method, covered), timeMs));
        var headers = new global::Grpc.Core.Metadata
        {
            { "consortium-signature", new RequestSignature(alice.PublicKey, timeMs, value).ToString() },
        };
        var client = new Api.Rpc.Queries.QueriesClient(_gateway.Channel);
        var found = Refusal.None;
        try
        {
            await client.GetAccountAsync(request, headers);
        }
        catch (global::Grpc.Core.RpcException exception)
        {
            found = exception.StatusCode == global::Grpc.Core.StatusCode.Unauthenticated ? Refusal.Unauthenticated : Refusal.Internal;
        }

        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task The_network_assets_building_and_submission_need_no_token()
    {
        Assert.Equal(Refusal.None, await AskAsync(transport => transport.GetNetworkAsync(None), new()));
        Assert.Equal(Refusal.None, await AskAsync(transport => transport.GetAssetAsync(_gateway.Money, None), new()));
        Assert.Equal(Refusal.None, await AskAsync(
            transport => transport.SendAsync(_gateway.Pay(1).SignedBytes.ToArray(), FinalityLevel.Ordered, TimeSpan.FromSeconds(60), None),
            new()));
    }

    private static SigningKey Key(ECDsa key) => SigningKey.FromKey(ECDsa.Create(key.ExportParameters(includePrivateParameters: true)));

    private async Task<Refusal> AskAsync(Func<GrpcTransport, Task> read, GrpcTransportOptions options)
    {
        using var transport = _gateway.Connect(options);
        try
        {
            await read(transport);
            return Refusal.None;
        }
        catch (RefusedException exception)
        {
            return exception.Refusal;
        }
    }
}
