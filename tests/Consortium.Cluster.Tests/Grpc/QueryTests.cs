using System.Text.Json;
using Consortium.Api;
using Consortium.Client;
using Consortium.Client.Verification;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using ApiWire = Consortium.Api.Wire;
using QueriesClient = Consortium.Api.Rpc.Queries.QueriesClient;

namespace Consortium.Cluster.Tests.Grpc;

/// <summary>Every query has the same answer over gRPC as over HTTP.</summary>
public sealed class QueryTests(GrpcFixture gateway) : IClassFixture<GrpcFixture>
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Accounts_assets_parties_blocks_and_transactions_are_the_same()
    {
        var accepted = await SubmitAsync(gateway.Pay(1).SignedBytes);
        var rejected = await SubmitAsync(gateway.Overpay().SignedBytes);
        var height = accepted.Height!.Value;
        await SameAsync(client => client.GetAccountAsync(gateway.Alice, None));
        await SameAsync(client => client.GetBalancesAsync(gateway.Alice, height, None));
        await SameAsync(client => client.GetStatementAsync(gateway.Alice, from: null, height, None));
        await SameAsync(client => client.GetStatementAsync(gateway.Alice, height, height, None));
        await SameAsync(client => client.GetAssetAsync(gateway.Money, None));
        await SameAsync(client => client.GetBalanceSheetAsync(Derive.Party(gateway.Ledger.Member), height, None));
        await SameAsync(client => client.GetTransactionAsync(IdOf(accepted), None));
        await SameAsync(client => client.GetTransactionAsync(IdOf(rejected), None));
        await SameAsync(client => client.GetBlockAsync(height.ToString(System.Globalization.CultureInfo.InvariantCulture), None));
    }

    [Fact]
    public async Task What_moves_with_the_head_is_the_same_but_for_where_the_head_is()
    {
        await SubmitAsync(gateway.Pay(1).SignedBytes);
        await SameAsync(async client => (await client.GetNetworkAsync(None)) with
        {
            Position = 0,
            TimeMs = 0,
            SealedHeight = 0,
            FinalHeight = 0,
            TargetCompact = 0,
            Target = string.Empty,
        });
        await SameAsync(async client => (await client.GetBalancesAsync(gateway.Bob, at: null, None)) with { TimeMs = 0, Position = 1 });
        await SameAsync(async client => (await client.GetHoldersAsync(gateway.Money, after: null, None)) with { Height = 0 });
        await SameAsync(async client => (await client.GetHoldersAsync(gateway.Money, gateway.Alice.ToString(), None)) with { Height = 0 });
        Assert.True((await gateway.Grpc.GetNetworkAsync(None)).SealedHeight > 0);
        Assert.Equal(FinalityLevel.Sealed, (await gateway.Grpc.GetBlockAsync("latest", None)).Finality);
    }

    [Fact]
    public async Task Pages_are_as_long_as_asked_and_say_where_the_next_begins()
    {
        await SubmitAsync(gateway.Pay(1).SignedBytes);
        await SubmitAsync(gateway.Pay(1).SignedBytes);
        var client = new QueriesClient(gateway.Channel);
        var statement = await client.GetStatementAsync(new ApiWire.GetStatementRequest { Id = gateway.Alice.ToString(), Limit = 1 });
        Assert.Single(statement.Blocks);
        Assert.True(statement.HasNext);
        var holders = await client.GetHoldersAsync(new ApiWire.GetHoldersRequest { Id = gateway.Money.ToString(), Limit = 1 });
        Assert.Single(holders.Holders);
        Assert.True(holders.HasNext);
    }

    [Fact]
    public async Task Building_and_simulating_are_the_same()
    {
        using var body = JsonDocument.Parse($$"""{"asset":"{{gateway.Money}}","to":"{{gateway.Bob}}","amount":"7"}""");
        var request = new BuildRequest("issue", body.RootElement, ValidUntilMs: (ulong)DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeMilliseconds(), Salt: "00ff");
        await SameAsync(client => client.BuildAsync(request, None));
        var payload = (await gateway.Grpc.BuildAsync(request, None)).Payload;
        Assert.True(Ledger.Signatures.PublicKey.TryRead(Ledger.Signatures.P256.PublicKeyOf(gateway.AliceKey), out var key));
        await SameAsync(async client => (await client.SimulateAsync(new SimulationRequest(payload, [key.ToString()]), None)) with { TimeMs = 0 });
        var signed = SignedTransactionJson.FromBytes(gateway.Overpay().SignedBytes.Span);
        await SameAsync(async client =>
            (await client.SimulateAsync(new SimulationRequest(signed.Payload, Signatures: signed.Signatures), None)) with { TimeMs = 0 });
    }

    [Fact]
    public async Task Proofs_are_checked_offline()
    {
        var receipt = await SubmitAsync(gateway.Pay(1).SignedBytes);
        var proof = await gateway.Grpc.ProveTransactionAsync(IdOf(receipt), None);
        Assert.Equal(receipt.Height, proof.Height);
        Assert.Null(proof.Present);
        Assert.NotEmpty(Convert.FromBase64String(proof.Proof));
        var holding = await gateway.Grpc.ProveHoldingAsync(gateway.Alice, Instrument.Full(gateway.Money), None);
        Assert.True(holding.Present);
        Assert.Equal(gateway.Ledger.Genesis.Network.ToString(), holding.NetworkId);
        await SameAsync(async client => (await client.ProveTransactionAsync(IdOf(receipt), None)) with { Proof = string.Empty, Headers = 0 });
    }

    [Fact]
    public async Task An_export_is_the_same_bytes()
    {
        var height = (await SubmitAsync(gateway.Pay(1).SignedBytes)).Height;
        Assert.Equal(await ReadAsync(await gateway.Http.ExportAsync(height, None)), await ReadAsync(await gateway.Grpc.ExportAsync(height, None)));
        await using var opened = await gateway.Grpc.ExportAsync(height, None);
        using var reader = new ChainFileReader(opened);
        Assert.NotNull(await reader.ReadAsync(None));
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        await using (stream)
        {
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            return bytes.ToArray();
        }
    }

    private static TransactionId IdOf(ReceiptResponse receipt)
    {
        Assert.True(TransactionId.TryParse(receipt.TransactionId, out var id));
        return id;
    }

    private async Task<ReceiptResponse> SubmitAsync(ReadOnlyMemory<byte> signed)
    {
        var receipts = await gateway.Grpc.SendAsync(SubmissionBytes.Join([signed]), FinalityLevel.Final, TimeSpan.FromSeconds(60), None);
        return ReceiptResponse.FromWire(Assert.Single(receipts.Receipts));
    }

    private async Task SameAsync<T>(Func<ConsortiumClient, Task<T>> ask)
    {
        using var grpc = new ConsortiumClient(gateway.Connect(new()), TimeProvider.System);
        Assert.Equal(
            JsonSerializer.Serialize(await ask(gateway.Http), ApiJson.Options),
            JsonSerializer.Serialize(await ask(grpc), ApiJson.Options));
    }
}
