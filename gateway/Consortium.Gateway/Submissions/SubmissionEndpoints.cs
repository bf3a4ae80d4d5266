using System.Text.Json;
using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Telemetry;
using Consortium.Ledger;
using Google.Protobuf;
using Microsoft.AspNetCore.Mvc;

namespace Consortium.Gateway.Submissions;

/// <summary><c>POST /v1/transactions</c>.</summary>
internal static class SubmissionEndpoints
{
    public static void MapSubmissions(this IEndpointRouteBuilder routes) => routes
        .MapPost(Routes.Transactions, PostAsync)
        .WithName("SubmitTransactions")
        .WithTags("Transactions")
        .WithSummary("Submit one signed transaction or a batch")
        .WithDescription(
            "Answers when the finality level asked for is reached: ordered (the default), sealed or final. A rejection is a result: status 200, "
            + "outcome rejected, with every rule that was broken. A transaction sent by itself that is refused answers with problem details. In a "
            + "batch, each item has its own outcome, and the status is 200, unless all were refused for the same reason that passes (429, 503). "
            + "When it is not reached in time the status is 202 and the receipts say how far the transactions have come: they were ordered. "
            + "Sending the same bytes again is harmless: the first receipt is answered, with duplicate true. "
            + "application/x-protobuf: consortium.api.v1.Submission in, and with Accept: application/x-protobuf SubmissionReceipts out.")
        .Accepts<SubmissionRequest>(MediaTypes.Json, MediaTypes.Protobuf)
        .Produces<SubmissionResponse>(StatusCodes.Status200OK, MediaTypes.Json, MediaTypes.Protobuf)
        .Produces<SubmissionResponse>(StatusCodes.Status202Accepted, MediaTypes.Json, MediaTypes.Protobuf)
        .ProducesRefusals(400, 413, 415, 422, 429, 503);

    private static async Task PostAsync(
        HttpContext context,
        [FromQuery] string? wait,
        [FromQuery] int? timeoutSeconds,
        [FromServices] NodeSource nodes,
        [FromServices] GatewayOptions options,
        [FromServices] Callers callers,
        [FromServices] SubmissionRun submissions)
    {
        var level = ReadFinality(wait);
        var timeout = Waits.Read(timeoutSeconds, options);
        var node = nodes.Serving;
        SubmissionBody body;
        using (GatewayInstruments.Source.StartActivity("decode"))
        {
            body = await SubmissionBody.ReadAsync(context.Request, options);
        }

        var caller = callers.NameOf(Credentials.Of(context));
        var answer = await submissions.RunAsync(node, caller, body, level, timeout, context.RequestAborted);
        context.Response.StatusCode = answer.TimedOut is null ? StatusCodes.Status200OK : ErrorCatalogue.Find(Refusal.WaitTimedOut).Status;
        if (context.Request.Headers.Accept.Any(SubmissionBody.IsProtobuf))
        {
            await WriteProtobufAsync(context, answer);
        }
        else
        {
            context.Response.ContentType = MediaTypes.Json;
            await JsonSerializer.SerializeAsync(context.Response.Body, answer.ToResponse(), ApiJson.Options, context.RequestAborted);
        }
    }

    private static async Task WriteProtobufAsync(HttpContext context, SubmissionAnswer answer)
    {
        var bytes = answer.ToWire().ToByteArray();
        context.Response.ContentType = MediaTypes.Protobuf;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static FinalityLevel ReadFinality(string? wait) =>
        wait is null ? FinalityLevel.Ordered
        : EnumText.TryRead<FinalityLevel>(wait, out var level) ? level
        : throw new RefusalException(Refusal.ParameterInvalid, "wait must be ordered, sealed or final.");
}
