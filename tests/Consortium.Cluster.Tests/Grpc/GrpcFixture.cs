using System.Security.Cryptography;
using Consortium.Client;
using Consortium.Client.Grpc;
using Consortium.Consensus.Sequencing;
using Consortium.Gateway.Hosting;
using Consortium.Ledger.Amounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.Transactions;
using Consortium.Tests.Gateway;
using Consortium.Tests.Node;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Cluster.Tests.Grpc;

/// <summary>The real host with HTTP and gRPC on free loopback ports over the roles in this process, with two accounts and an asset.</summary>
public sealed class GrpcFixture : IAsyncLifetime, IAsyncDisposable
{
    private readonly GatewayOptions _options;
    private WebApplication _app = null!; // Made by InitializeAsync.

    public GrpcFixture()
        : this(new GatewayOptions())
    {
    }

    private GrpcFixture(GatewayOptions options) =>
        _options = options with { Urls = "http://127.0.0.1:0", GrpcUrls = "http://127.0.0.1:0" };

    internal NodeFixture Ledger { get; private set; } = null!; // Made by InitializeAsync.

    internal DelegatingNode Node { get; private set; } = null!; // Made by InitializeAsync.

    public Uri HttpAddress { get; private set; } = null!; // Made by InitializeAsync.

    public Uri GrpcAddress { get; private set; } = null!; // Made by InitializeAsync.

    public GrpcChannel Channel { get; private set; } = null!; // Made by InitializeAsync.

    public GrpcTransport Grpc { get; private set; } = null!; // Made by InitializeAsync.

    public ConsortiumClient Http { get; private set; } = null!; // Made by InitializeAsync.

    public ECDsa AliceKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ECDsa BobKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public AccountId Alice { get; private set; }

    public AccountId Bob { get; private set; }

    public AssetId Money { get; private set; }

    public static async Task<GrpcFixture> StartAsync(GatewayOptions options)
    {
        var fixture = new GrpcFixture(options);
        await fixture.InitializeAsync();
        return fixture;
    }

    public async Task InitializeAsync()
    {
        Ledger = await NodeFixture.StartAsync(options: new SequencerOptions());
        Alice = await Ledger.OpenAsync(AliceKey);
        Bob = await Ledger.OpenAsync(BobKey);
        Money = await Ledger.RegisterAsync(Alice, AliceKey, "money");
        Assert.Empty(await Ledger.SubmitAsync(Ledger.Sign(new Issue(Money, Alice, new Amount(1_000_000)), AliceKey)));
        Node = new DelegatingNode(Ledger.Node);
        _app = GatewayHost.Build(_options, Node, _ => { });
        await _app.StartAsync();
        var urls = _app.Urls.ToList();
        (HttpAddress, GrpcAddress) = (new Uri(urls[0]), new Uri(urls[1]));
        Channel = GrpcChannel.ForAddress(GrpcAddress);
        Grpc = Connect(new GrpcTransportOptions());
        Http = new ConsortiumClient(new HttpClient { BaseAddress = HttpAddress }, TimeProvider.System);
    }

    public GrpcTransport Connect(GrpcTransportOptions options) => new(GrpcAddress, options);

    public Task StopAsync() => _app.StopAsync();

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        Grpc.Dispose();
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Ledger.DisposeAsync();
        AliceKey.Dispose();
        BobKey.Dispose();
    }

    internal Transaction Pay(Int128 amount) => Ledger.Sign(
        new Deal(
            [
                new DealLeg(Alice, Instrument.Full(Money), -amount),
                new DealLeg(Bob, Instrument.Full(Money), amount),
            ],
            "payment"),
        AliceKey);

    /// <summary>A transaction that a rule rejects.</summary>
    internal Transaction Overpay() => Pay(1_000_000_000);

    /// <summary>A transaction whose signature does not match.</summary>
    internal byte[] Forged()
    {
        var signed = Wire.SignedTransaction.Parser.ParseFrom(Pay(1).SignedBytes.Span);
        var value = signed.Signatures[0].Value.ToByteArray();
        value[0] ^= 1;
        signed.Signatures[0].Value = Google.Protobuf.ByteString.CopyFrom(value);
        return Google.Protobuf.MessageExtensions.ToByteArray(signed);
    }
}
