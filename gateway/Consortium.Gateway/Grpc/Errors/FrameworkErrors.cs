using System.Globalization;
using Consortium.Ledger;
using Google.Protobuf;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace Consortium.Gateway.Grpc.Errors;

/// <summary>Explains what the framework refuses before any service sees it: messages that are too large or cannot be read.</summary>
internal sealed class FrameworkErrors(RequestDelegate next)
{
    private const string MediaType = "application/grpc";
    private const string StatusHeader = "grpc-status";
    private const string MessageHeader = "grpc-message";
    private const string DetailsHeader = "grpc-status-details-bin";

    private static Refused TooLarge { get; } =
        new(Refusal.TooLarge, "The message is larger than this gateway takes; GetNetwork has the limit (request_bytes_max).");

    public static Refused Malformed { get; } =
        new(Refusal.Malformed, "The message is not the protocol buffers that this call takes.");

    public async Task InvokeAsync(HttpContext context)
    {
        // The framework bounds each message itself, and says so in words that are explained below.
        var isService = context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is not null;
        var isGrpc = context.Request.ContentType?.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase) == true;
        if (isService && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            body.MaxRequestBodySize = null;
        }

        await next(context);

        // Such a call has sent nothing: its status stands in the headers. Services give details with theirs.
        var headers = context.Response.Headers;
        if (isGrpc && !context.Response.HasStarted && context.GetEndpoint() is null)
        {
            context.Response.StatusCode = StatusCodes.Status200OK;
            context.Response.ContentType = MediaType;
            headers[StatusHeader] = ((int)StatusCode.Unimplemented).ToString(CultureInfo.InvariantCulture);
            headers[MessageHeader] = Uri.EscapeDataString($"No service here has the method {context.Request.Path}; gateway/Consortium.Api/Protos/services.proto lists those there are.");
        }

        if (!context.Response.HasStarted
            && !headers.ContainsKey(DetailsHeader)
            && int.TryParse(headers[StatusHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && Find((StatusCode)code) is { } refused)
        {
            var status = StatusWriter.Describe(refused, retryAfterSeconds: null, correlationId: null);
            headers[StatusHeader] = status.Code.ToString(CultureInfo.InvariantCulture);
            headers[MessageHeader] = Uri.EscapeDataString(status.Message);
            headers[DetailsHeader] = Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
        }
    }

    private static Refused? Find(StatusCode code) => code switch
    {
        StatusCode.ResourceExhausted => TooLarge,
        StatusCode.Unknown or StatusCode.Internal => Malformed,
        _ => null,
    };
}
