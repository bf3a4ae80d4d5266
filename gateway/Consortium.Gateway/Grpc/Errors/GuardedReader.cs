using Google.Protobuf;
using Grpc.Core;

namespace Consortium.Gateway.Grpc.Errors;

/// <summary>Reads a stream of requests; a message that the framework cannot read is refused with a code of the error catalogue.</summary>
internal sealed class GuardedReader<T>(IAsyncStreamReader<T> requests) : IAsyncStreamReader<T>
{
    public T Current => requests.Current;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        try
        {
            return await requests.MoveNext(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && exception is InvalidProtocolBufferException or IOException or RpcException { StatusCode: StatusCode.Internal })
        {
            throw StatusWriter.Refuse(FrameworkErrors.Malformed);
        }
    }
}
