using System.Diagnostics;
using Consortium.Consensus.Ports;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Grpc.Calls;
using Consortium.Gateway.Grpc.Hosting;
using Consortium.Gateway.Rates;
using Consortium.Ledger;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Consortium.Gateway.Grpc.Errors;

/// <summary>Counts each call against its caller's rate, and turns the exception of a failed call into a status.</summary>
internal sealed partial class RefusalInterceptor(CallerRates rates, Callers callers, ILogger<RefusalInterceptor> logger) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation) => GuardAsync(context, () => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation) => GuardAsync(
            context,
            () => continuation(new GuardedReader<TRequest>(requestStream), context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) => GuardAsync(context, async () =>
        {
            await continuation(request, responseStream, context);
            return true;
        });

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) => GuardAsync(context, async () =>
        {
            // Each message of such a call gets an answer of its own, and so counts as a request. The first was counted with the call.
            var questions = new CountedReader<TRequest>(new GuardedReader<TRequest>(requestStream), () => TakeOne(context));
            await continuation(questions, responseStream, context);
            return true;
        });

    private async Task<T> GuardAsync<T>(ServerCallContext context, Func<Task<T>> call)
    {
        try
        {
            // Health checks are not counted against a rate: Kubernetes and load balancers take a process that refuses them for a broken one.
            if (!context.Method.StartsWith("/" + ServiceNames.Health, StringComparison.Ordinal))
            {
                TakeOne(context);
            }

            return await call();
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Describe(exception, context);
        }
    }

    private void TakeOne(ServerCallContext context) => rates.Take(callers.NameOf(context.Credentials()), 1);

    private RpcException Describe(Exception exception, ServerCallContext context)
    {
        switch (exception)
        {
            case OperationCanceledException or IOException when context.CancellationToken.IsCancellationRequested:
                // The caller went, or its deadline passed: the framework has said so already.
                return new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled."));
            case RefusalException refusal:
                return StatusWriter.Refuse(refusal.Refused, refusal.RetryAfterSeconds);
            case StorageException:
                LogStorage(exception, context.Method);
                return StatusWriter.Refuse(new Refused(Refusal.StorageUnavailable, "The ledger's storage cannot be read now."));
            default:
                var correlationId = Activity.Current?.TraceId.ToHexString() ?? context.GetHttpContext().TraceIdentifier;
                LogFailed(exception, context.Method, correlationId);
                return StatusWriter.Refuse(
                    new Refused(Refusal.Internal, $"The gateway failed; its log has the reason under {correlationId}."),
                    correlationId: correlationId);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed; correlation id {CorrelationId}.")]
    private partial void LogFailed(Exception exception, string method, string correlationId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} met storage that cannot be read.")]
    private partial void LogStorage(Exception exception, string method);
}
