using System.Globalization;
using Consortium.Api;
using Consortium.Client;
using Consortium.Consensus.Ports;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Gateway.Node;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using ApiWire = Consortium.Api.Wire;
using QueriesClient = Consortium.Api.Rpc.Queries.QueriesClient;
using SubmissionsClient = Consortium.Api.Rpc.Submissions.SubmissionsClient;

namespace Consortium.Cluster.Tests.Grpc;

/// <summary>Refusals end calls as the catalogue says, and come back to the client as they were.</summary>
public sealed class RefusalTests(GrpcFixture gateway) : IClassFixture<GrpcFixture>
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static TheoryData<Refusal> Provoked => [.. Provocations.Keys];

    private static Dictionary<Refusal, Func<GrpcFixture, Task>> Provocations { get; } = new()
    {
        [Refusal.Malformed] = gateway => Submit(gateway, "no transaction"u8.ToArray()),
        [Refusal.SignatureInvalid] = gateway => Submit(gateway, gateway.Forged()),
        [Refusal.BatchTooLarge] = async gateway =>
        {
            await using var small = await GrpcFixture.StartAsync(new GatewayOptions { TransactionsPerRequestMax = 1 });
            var request = new ApiWire.SubmitRequest { Transactions = { ByteString.CopyFrom(1), ByteString.CopyFrom(2) } };
            await new SubmissionsClient(small.Channel).SubmitAsync(request);
        },
        [Refusal.TooLarge] = async gateway =>
        {
            await using var small = await GrpcFixture.StartAsync(new GatewayOptions { RequestBytesMax = 64 * 1024 });
            await Submit(small, new byte[64 * 1024]);
        },
        [Refusal.RateLimited] = async gateway =>
        {
            await using var slow = await GrpcFixture.StartAsync(new GatewayOptions { TransactionsPerSecondMax = 1, TransactionsPerRequestMax = 1 });
            for (var i = 0; i < 100; i++)
            {
                await new QueriesClient(slow.Channel).GetNetworkAsync(new ApiWire.GetNetworkRequest());
            }
        },
        [Refusal.Overloaded] = gateway => SubmitAnswered(gateway, Refusal.Overloaded),
        [Refusal.StorageUnavailable] = gateway => AskFailing(gateway, new StorageException("The disk is gone.")),
        [Refusal.NotServing] = async gateway =>
        {
            gateway.Node.StatusGiven = NodeStatus.Draining;
            try
            {
                await new QueriesClient(gateway.Channel).GetNetworkAsync(new ApiWire.GetNetworkRequest());
            }
            finally
            {
                gateway.Node.StatusGiven = null;
            }
        },
        [Refusal.NotFound] = async gateway => await new QueriesClient(gateway.Channel).GetTransactionAsync(
            new ApiWire.GetTransactionRequest { Id = new TransactionId(Digest.Sha256("nobody"u8)).ToString() }),
        [Refusal.HeightNotSealed] = async gateway =>
            await new QueriesClient(gateway.Channel).GetBlockAsync(new ApiWire.GetBlockRequest { Height = "999999" }),
        [Refusal.ParameterInvalid] = async gateway =>
            await new QueriesClient(gateway.Channel).GetAccountAsync(new ApiWire.GetAccountRequest { Id = "acc1nonsense" }),
        [Refusal.Internal] = gateway => AskFailing(gateway, new InvalidOperationException("secret of the process")),
    };

    [Theory]
    [MemberData(nameof(Provoked))]
    public async Task A_refusal_ends_the_call_with_the_status_and_details_of_the_catalogue(Refusal code)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => Provocations[code](gateway));
        var entry = ErrorCatalogue.Find(code);
        Assert.Equal((StatusCode)entry.Rpc, exception.StatusCode);
        var status = exception.GetRpcStatus();
        Assert.NotNull(status);
        Assert.Equal((int)entry.Rpc, status.Code);
        var info = status.GetDetail<ErrorInfo>();
        Assert.Equal(("consortium", code.ToString()), (info?.Domain, info?.Reason));
        Assert.Equal(((int)code).ToString(CultureInfo.InvariantCulture), info!.Metadata["number"]);
        Assert.Equal((entry.Title, entry.Action), (info.Metadata["title"], info.Metadata["action"]));
        Assert.Equal(entry.Retryable ? "true" : "false", info.Metadata["retryable"]);
        Assert.Equal(entry.Retryable, status.GetDetail<RetryInfo>() is { RetryDelay.Seconds: >= 1 });
        Assert.Equal(code == Refusal.Internal, status.GetDetail<RequestInfo>() is { RequestId.Length: > 0 });
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_client_throws_the_same_over_grpc_and_over_http()
    {
        var nobody = new TransactionId(Digest.Sha256("nobody"u8));
        await SameAsync(client => client.GetTransactionAsync(nobody, None));
        await SameAsync(client => client.GetBlockAsync("nonsense", None));
        await SameAsync(client => client.Submissions.SendAsync(gateway.Forged(), FinalityLevel.Ordered, TimeSpan.FromSeconds(1), None));
        gateway.Node.StatusGiven = NodeStatus.Starting;
        try
        {
            await SameAsync(client => client.GetNetworkAsync(None));
        }
        finally
        {
            gateway.Node.StatusGiven = null;
        }
    }

    [Fact]
    public async Task Where_nobody_answers_there_is_no_connection()
    {
        using var nowhere = new Consortium.Client.Grpc.GrpcTransport(new Uri("http://127.0.0.1:1"), new());
        await Assert.ThrowsAsync<HttpRequestException>(() => nowhere.GetNetworkAsync(None));
    }

    [Fact]
    public async Task An_address_that_speaks_something_else_is_no_gateway_over_grpc()
    {
        using var wrong = new Consortium.Client.Grpc.GrpcTransport(gateway.HttpAddress, new());
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => wrong.GetNetworkAsync(None));
        Assert.True(exception is HttpRequestException or ConsortiumException { Name: "not_a_gateway" }, exception.ToString());
    }

    private static async Task Submit(GrpcFixture gateway, byte[] transaction) => await new SubmissionsClient(gateway.Channel).SubmitAsync(
        new ApiWire.SubmitRequest { Transaction = ByteString.CopyFrom(transaction) });

    private static async Task SubmitAnswered(GrpcFixture gateway, Refusal refusal)
    {
        gateway.Node.Submit = transactions => Task.FromResult<IReadOnlyList<Consensus.Sequencing.OrderResult>>(
            [.. transactions.Select(one => Consensus.Sequencing.OrderResult.Refuse(one.Id, new Refused(refusal, "The queue is full.")))]);
        try
        {
            await Submit(gateway, gateway.Pay(1).SignedBytes.ToArray());
        }
        finally
        {
            gateway.Node.Submit = null;
        }
    }

    private static async Task AskFailing(GrpcFixture gateway, Exception failure)
    {
        gateway.Node.Failure = failure;
        try
        {
            await new QueriesClient(gateway.Channel).GetAssetAsync(new ApiWire.GetAssetRequest { Id = gateway.Money.ToString() });
        }
        finally
        {
            gateway.Node.Failure = null;
        }
    }

    private async Task SameAsync<T>(Func<ConsortiumClient, Task<T>> ask)
    {
        using var grpc = new ConsortiumClient(gateway.Connect(new()), TimeProvider.System);
        var (one, other) = (await Assert.ThrowsAsync<RefusedException>(() => ask(gateway.Http)), await Assert.ThrowsAsync<RefusedException>(() => ask(grpc)));
        Assert.Equal((one.Refusal, one.Message, one.Action, one.Retryable), (other.Refusal, other.Message, other.Action, other.Retryable));
    }
}
