using Consortium.Api;
using Consortium.Ledger;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Consortium.Client.Grpc;

/// <summary>Gives calls their deadline and credentials, and turns failed calls into the client's exceptions.</summary>
internal sealed class CallMaker(GrpcTransportOptions options, Uri address)
{
    private const string Domain = "consortium";

    /// <summary>Makes a call's options.</summary>
    /// <param name="method">The call's full name.</param>
    /// <param name="request">The message that a signature covers, or <see langword="null"/> for calls that need no signature.</param>
    /// <param name="timeout">How long the answer may take, or <see langword="null"/> for streams.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public CallOptions Options(string method, IMessage? request, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var headers = new Metadata();
        if (options.Token is { } token)
        {
            headers.Add("authorization", $"Bearer {token}");
        }

        if (options.Signer is { } signer && request is not null)
        {
            var timeMs = (ulong)options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
            var message = RequestSignature.Message("POST", RequestSignature.CallTarget(method, request.ToByteArray()), timeMs);
            lock (signer)
            {
                var signature = new RequestSignature(signer.PublicKey, timeMs, signer.Sign(message));
                headers.Add(RequestSignature.Header.ToLowerInvariant(), signature.ToString());
            }
        }

        var deadline = timeout is { } span ? options.TimeProvider.GetUtcNow().UtcDateTime + span : (DateTime?)null;
        return new CallOptions(headers, deadline, cancellationToken);
    }

    /// <summary>Makes a call and waits for its answer.</summary>
    public Task<TResponse> SendAsync<TRequest, TResponse>(
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> call,
        TRequest request,
        string method,
        TimeSpan timeout,
        CancellationToken cancellationToken)
        where TRequest : IMessage => GuardAsync(
            async () =>
            {
                using var made = call(request, Options(method, request, timeout, cancellationToken));
                return await made.ResponseAsync;
            },
            cancellationToken);

    /// <summary>Waits for something of a call.</summary>
    /// <exception cref="RefusedException">The gateway refused.</exception>
    /// <exception cref="HttpRequestException">There was no connection, or it was lost.</exception>
    /// <exception cref="ConsortiumException">What answers is no gateway, or it did not answer.</exception>
    public async Task<T> GuardAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Describe(exception);
        }
    }

    /// <summary>The server that answers is not a gateway.</summary>
    public ConsortiumException NotOurs(string what) => new(
        "not_a_gateway",
        $"What answers at {address} does not speak this API over gRPC: {what}.",
        "Check the gateway's gRPC address (its --grpc-urls) and version.");

    private static RefusedException? ReadRefusal(RpcException exception)
    {
        if (exception.GetRpcStatus() is not { } status
            || status.GetDetail<ErrorInfo>() is not { Domain: Domain } info
            || !Enum.TryParse<Refusal>(info.Metadata.GetValueOrDefault("number"), out var refusal))
        {
            return null;
        }

        var entry = ErrorCatalogue.Find(refusal);
        var correlation = status.GetDetail<RequestInfo>() is { } request ? $" (correlation id {request.RequestId})" : string.Empty;
        return new RefusedException(
            refusal,
            $"{info.Metadata.GetValueOrDefault("title", entry.Title)}: {status.Message}{correlation}",
            info.Metadata.GetValueOrDefault("action", entry.Action),
            info.Metadata.GetValueOrDefault("retryable") == "true",
            status.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan());
    }

    private static bool IsConnection(RpcException exception, out HttpRequestException? cause)
    {
        cause = exception.Status.DebugException as HttpRequestException;
        return exception.StatusCode == StatusCode.Unavailable || exception.Status.DebugException is IOException or HttpRequestException;
    }

    private Exception Describe(RpcException exception)
    {
        if (ReadRefusal(exception) is { } refused)
        {
            return refused;
        }

        if (exception.StatusCode == StatusCode.DeadlineExceeded)
        {
            return new ConsortiumException(
                "gateway_silent",
                $"The gateway took the request but did not answer within {options.Timeout.TotalSeconds:0} s.",
                "Ask its health service, and try again; sending a transaction again is safe.");
        }

        return IsConnection(exception, out var cause)
            ? new HttpRequestException(cause?.Message ?? exception.Status.Detail, cause?.InnerException ?? exception)
            : NotOurs($"{exception.StatusCode}, {exception.Status.Detail}");
    }
}
