using System.Diagnostics;
using Consortium.Consensus.Ports;
using Consortium.Ledger;

namespace Consortium.Gateway.Errors;

/// <summary>Turns a failed request's exception into problem details; no answer has a stack trace.</summary>
internal sealed partial class RefusalMiddleware(RequestDelegate next, ILogger<RefusalMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            await ExplainEmptyAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be told.
        }
        catch (Exception exception) when (context.Response.HasStarted)
        {
            LogFailedLate(exception, context.Request.Path);
            context.Abort();
        }
        catch (RefusalException exception)
        {
            await ProblemWriter.WriteAsync(context, exception.Refused, exception.RetryAfterSeconds);
        }
        catch (BadHttpRequestException exception)
        {
            await ProblemWriter.WriteAsync(context, Describe(exception));
        }
        catch (StorageException exception)
        {
            LogStorage(exception, context.Request.Path);
            await ProblemWriter.WriteAsync(context, new Refused(Refusal.StorageUnavailable, "The ledger's storage cannot be read now."));
        }
        catch (Exception exception)
        {
            var correlationId = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
            LogFailed(exception, context.Request.Path, correlationId);
            await ProblemWriter.WriteAsync(
                context,
                new Refused(Refusal.Internal, $"The gateway failed; its log has the reason under {correlationId}."),
                correlationId: correlationId);
        }
    }

    // Routing answers an unknown path or method with a status and no body.
    private static Task ExplainEmptyAsync(HttpContext context)
    {
        if (context.Response.HasStarted || context.Response.ContentType is not null || context.Response.ContentLength > 0)
        {
            return Task.CompletedTask;
        }

        var request = context.Request;
        return context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ProblemWriter.WriteAsync(
                context,
                new Refused(Refusal.NotFound, "There is nothing at this path; GET /openapi/v1.json lists what there is.")),
            StatusCodes.Status405MethodNotAllowed => ProblemWriter.WriteAsync(
                context,
                new Refused(Refusal.NotFound, $"This path does not take {request.Method}, but {context.Response.Headers.Allow}."),
                status: StatusCodes.Status405MethodNotAllowed),
            StatusCodes.Status415UnsupportedMediaType => ProblemWriter.WriteAsync(
                context,
                new Refused(Refusal.MediaTypeUnsupported, $"'{request.ContentType}' is not read here.")),
            _ => Task.CompletedTask,
        };
    }

    private static Refused Describe(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => new Refused(
            Refusal.TooLarge,
            "The body is larger than this gateway takes; GET /v1/network has the limit."),
        StatusCodes.Status415UnsupportedMediaType => new Refused(Refusal.MediaTypeUnsupported, exception.Message),
        _ when exception.Message.Contains("parameter", StringComparison.Ordinal) => new Refused(Refusal.ParameterInvalid, exception.Message),
        _ => new Refused(Refusal.Malformed, $"The request is not well-formed HTTP: {exception.Message}"),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed; correlation id {CorrelationId}.")]
    private partial void LogFailed(Exception exception, string path, string correlationId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed after the answer had begun.")]
    private partial void LogFailedLate(Exception exception, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} met storage that cannot be read.")]
    private partial void LogStorage(Exception exception, string path);
}
