using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Consortium.Api;
using Consortium.Consensus.Sequencing;
using Consortium.Gateway.Hosting;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Signatures;
using Consortium.Ledger.Transactions;
using Consortium.Tests.Node;
using Microsoft.AspNetCore.Builder;

namespace Consortium.Tests.Gateway;

/// <summary>The real host on a free loopback port over the roles in this process, with two accounts, an asset and some of it issued.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly GatewayOptions _options;
    private readonly SequencerOptions _sequencing;
    private NodeFixture _fixture = null!; // Made by InitializeAsync.
    private WebApplication _app = null!; // Made by InitializeAsync.

    public GatewayFixture()
        : this(new GatewayOptions(), new SequencerOptions())
    {
    }

    private GatewayFixture(GatewayOptions options, SequencerOptions sequencing) =>
        (_options, _sequencing) = (options with { Urls = "http://127.0.0.1:0", GrpcUrls = string.Empty }, sequencing);

    internal NodeFixture Ledger => _fixture;

    internal DelegatingNode Node { get; private set; } = null!; // Made by InitializeAsync.

    public HttpClient Http { get; private set; } = null!; // Made by InitializeAsync.

    public IServiceProvider Services => _app.Services;

    public ECDsa AliceKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ECDsa BobKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public AccountId Alice { get; private set; }

    public AccountId Bob { get; private set; }

    public AssetId Money { get; private set; }

    public static async Task<GatewayFixture> StartAsync(GatewayOptions? options = null, SequencerOptions? sequencing = null)
    {
        var fixture = new GatewayFixture(options ?? new GatewayOptions(), sequencing ?? new SequencerOptions());
        await fixture.InitializeAsync();
        return fixture;
    }

    public async Task InitializeAsync()
    {
        _fixture = await NodeFixture.StartAsync(options: _sequencing);
        Alice = await _fixture.OpenAsync(AliceKey);
        Bob = await _fixture.OpenAsync(BobKey);
        Money = await _fixture.RegisterAsync(Alice, AliceKey, "money");
        Assert.Empty(await _fixture.SubmitAsync(_fixture.Sign(new Issue(Money, Alice, new Amount(1_000_000)), AliceKey)));
        Node = new DelegatingNode(_fixture.Node);
        _app = GatewayHost.Build(_options, Node, _ => { });
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()), Timeout = Limit };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _fixture.DisposeAsync();
        AliceKey.Dispose();
        BobKey.Dispose();
    }

    internal Transaction Sign(TransactionBody body, ECDsa key) => _fixture.Sign(body, key);

    internal Transaction Pay(Int128 amount) => _fixture.Sign(
        new Deal(
            [
                new DealLeg(Alice, Instrument.Full(Money), -amount),
                new DealLeg(Bob, Instrument.Full(Money), amount),
            ],
            "payment"),
        AliceKey);

    internal async Task<HttpResponseMessage> PostAsync(string path, byte[] body, string mediaType, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        return await Http.SendAsync(request);
    }

    internal Task<HttpResponseMessage> SubmitAsync(ReadOnlyMemory<byte> signed, string query = "") =>
        PostAsync(Routes.Transactions + query, signed.ToArray(), MediaTypes.Protobuf);

    internal Task<HttpResponseMessage> PostJsonAsync(string path, string json) =>
        PostAsync(path, Encoding.UTF8.GetBytes(json), MediaTypes.Json);

    internal async Task<T> GetAsync<T>(string path)
    {
        using var response = await Http.GetAsync(path);
        return await ReadAsync<T>(response);
    }

    internal async Task<ReceiptResponse> SubmitAcceptedAsync(Transaction transaction, string query = "")
    {
        using var response = await SubmitAsync(transaction.SignedBytes, query);
        return Assert.Single((await ReadAsync<SubmissionResponse>(response)).Receipts);
    }

    internal static async Task<T> ReadAsync<T>(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {text}");
        return JsonSerializer.Deserialize<T>(text, ApiJson.Options)!;
    }

    internal static async Task<ProblemResponse> ReadProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal(MediaTypes.Problem, response.Content.Headers.ContentType?.MediaType);
        return (await response.Content.ReadFromJsonAsync<ProblemResponse>(ApiJson.Options))!;
    }

    internal static PublicKey PublicKeyOf(ECDsa key)
    {
        Assert.True(PublicKey.TryRead(P256.PublicKeyOf(key), out var publicKey));
        return publicKey;
    }

    internal static string SignRequest(ECDsa key, string method, string path, DateTimeOffset? time = null)
    {
        var timeMs = (ulong)(time ?? DateTimeOffset.UtcNow).ToUnixTimeMilliseconds();
        return new RequestSignature(PublicKeyOf(key), timeMs, P256.Sign(key, RequestSignature.Message(method, path, timeMs))).ToString();
    }
}
