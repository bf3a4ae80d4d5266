using Consortium.Gateway.Hosting;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;

namespace Consortium.Cluster.Tests.Grpc;

/// <summary>Tools without the .proto files learn the services and messages from the gateway.</summary>
public sealed class ReflectionTests(GrpcFixture gateway) : IClassFixture<GrpcFixture>
{
    [Fact]
    public async Task All_services_are_listed()
    {
        var answer = Assert.Single(await AskAsync(gateway, new ServerReflectionRequest { ListServices = string.Empty }));
        string[] expected =
        [
            "consortium.api.v1.Chain",
            "consortium.api.v1.Proofs",
            "consortium.api.v1.Queries",
            "consortium.api.v1.Submissions",
            "grpc.health.v1.Health",
        ];
        var names = answer.ListServicesResponse.Service.Select(service => service.Name).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(expected, names.Where(name => !name.StartsWith("grpc.reflection.", StringComparison.Ordinal)), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_service_comes_with_the_messages_that_it_takes()
    {
        var request = new ServerReflectionRequest { FileContainingSymbol = "consortium.api.v1.Submissions" };
        var files = Assert.Single(await AskAsync(gateway, request)).FileDescriptorResponse.FileDescriptorProto.Select(FileDescriptorProto.Parser.ParseFrom).ToList();
        var service = Assert.Single(files.SelectMany(file => file.Service), service => service.Name == "Submissions");
        Assert.NotEmpty(service.Method);
    }

    [Fact]
    public async Task Each_question_counts_against_the_callers_rate()
    {
        await using var slow = await GrpcFixture.StartAsync(new GatewayOptions { TransactionsPerSecondMax = 2, TransactionsPerRequestMax = 1 });
        var question = new ServerReflectionRequest { ListServices = string.Empty };
        var exception = await Assert.ThrowsAsync<RpcException>(() => AskAsync(slow, [.. Enumerable.Repeat(question, 20)]));
        Assert.Equal(StatusCode.ResourceExhausted, exception.StatusCode);
    }

    [Fact]
    public async Task A_question_that_is_too_large_is_refused()
    {
        await using var small = await GrpcFixture.StartAsync(new GatewayOptions { RequestBytesMax = 65_536 });
        var exception = await Assert.ThrowsAsync<RpcException>(() => AskAsync(small, new ServerReflectionRequest { FileByFilename = new string('a', 70_000) }));
        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        Assert.Contains("request_bytes_max", exception.Status.Detail, StringComparison.Ordinal);
    }

    private static async Task<List<ServerReflectionResponse>> AskAsync(GrpcFixture gateway, params ServerReflectionRequest[] questions)
    {
        using var call = new ServerReflection.ServerReflectionClient(gateway.Channel).ServerReflectionInfo();
        var answers = new List<ServerReflectionResponse>();
        foreach (var question in questions)
        {
            await call.RequestStream.WriteAsync(question);
            if (!await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                break;
            }

            answers.Add(call.ResponseStream.Current);
        }

        await call.RequestStream.CompleteAsync();
        return answers;
    }
}
