using System.Text.Json;
using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Rates;
using Consortium.Gateway.Telemetry;
using Consortium.Ledger;
using Google.Protobuf;
using Microsoft.AspNetCore.Mvc;
using ApiWire = Consortium.Api.Wire;

namespace Consortium.Gateway.Submissions;

/// <summary><c>POST /v1/transactions</c>.</summary>
internal static class SubmissionEndpoints
{
    private const int WaitSecondsDefault = 30;

    public static void MapSubmissions(this IEndpointRouteBuilder routes) => routes
        .MapPost(Routes.Transactions, PostAsync)
        .WithName("SubmitTransactions")
        .WithTags("Transactions")
        .WithSummary("Submit one signed transaction or a batch")
        .WithDescription(
            "Answers when the moment asked for is reached: ordered (the default), sealed or final. A rejection is a result: status 200, "
            + "outcome rejected, with every rule that was broken. A transaction sent by itself that is refused answers with problem details. In a "
            + "batch, each item has its own outcome, and the status is 200, unless all were refused for the same reason that passes (429, 503). "
            + "When the moment does not come in time the status is 202 and the receipts say how far the transactions have come: they were ordered. "
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
        [FromServices] CallerRates rates,
        [FromServices] Submitter submitter)
    {
        var moment = ReadMoment(wait);
        var timeout = ReadTimeout(timeoutSeconds, options);
        var node = nodes.Serving;
        SubmissionBody body;
        using (GatewayInstruments.Source.StartActivity("decode"))
        {
            body = await SubmissionBody.ReadAsync(context.Request, options);
        }

        rates.Take(callers.NameOf(context), body.Transactions.Count - 1);
        var results = await submitter.SubmitAsync(node, body.Transactions, context.RequestAborted);
        if (CommonRefusal(results, body.IsSingle) is { } refused)
        {
            throw new RefusalException(refused);
        }

        var inTime = await submitter.WaitAsync(node, results, moment, timeout, context.RequestAborted);
        var receipts = await ReceiptWriter.MakeAsync(
            node,
            results.Where(result => result.Receipt is not null).Select(result => result.Receipt!.Position),
            context.RequestAborted);
        context.Response.StatusCode = inTime ? StatusCodes.Status200OK : ErrorCatalogue.Find(Refusal.WaitTimedOut).Status;
        if (context.Request.Headers.Accept.Any(SubmissionBody.IsProtobuf))
        {
            await WriteProtobufAsync(context, results, receipts, inTime);
        }
        else
        {
            await WriteJsonAsync(context, results, receipts, inTime ? null : TimedOut(moment, timeout));
        }
    }

    /// <summary>What the whole request is refused for: by itself for anything; as a batch for what all were refused and passes.</summary>
    private static Refused? CommonRefusal(SubmissionResult[] results, bool isSingle)
    {
        var first = results[0].Refused;
        if (first is null || isSingle)
        {
            return first;
        }

        return ErrorCatalogue.Find(first.Code).Retryable && results.All(result => result.Refused?.Code == first.Code) ? first : null;
    }

    private static Task WriteJsonAsync(HttpContext context, SubmissionResult[] results, ReceiptWriter receipts, Refused? timedOut)
    {
        var response = new SubmissionResponse(
            [.. results.Select(receipts.Write)],
            timedOut is null ? null : RefusalResponse.From(timedOut));
        context.Response.ContentType = MediaTypes.Json;
        return JsonSerializer.SerializeAsync(context.Response.Body, response, ApiJson.Options, context.RequestAborted);
    }

    private static async Task WriteProtobufAsync(HttpContext context, SubmissionResult[] results, ReceiptWriter receipts, bool inTime)
    {
        var message = new ApiWire.SubmissionReceipts { Refusal = inTime ? 0 : (uint)Refusal.WaitTimedOut };
        message.Receipts.AddRange(results.Select(receipts.WriteWire));
        var bytes = message.ToByteArray();
        context.Response.ContentType = MediaTypes.Protobuf;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static Refused TimedOut(LedgerMoment moment, TimeSpan timeout) => new(
        Refusal.WaitTimedOut,
        $"The transactions were ordered, but not {EnumText.Write(moment)} within {(int)timeout.TotalSeconds} s.");

    private static LedgerMoment ReadMoment(string? wait) =>
        wait is null ? LedgerMoment.Ordered
        : EnumText.TryRead<LedgerMoment>(wait, out var moment) ? moment
        : throw new RefusalException(Refusal.ParameterInvalid, "wait must be ordered, sealed or final.");

    private static TimeSpan ReadTimeout(int? seconds, GatewayOptions options)
    {
        var value = seconds ?? Math.Min(WaitSecondsDefault, options.WaitSecondsMax);
        return value >= 0 && value <= options.WaitSecondsMax
            ? TimeSpan.FromSeconds(value)
            : throw new RefusalException(
                Refusal.ParameterInvalid,
                $"timeoutSeconds must be from 0 to {options.WaitSecondsMax}; it is {value}.");
    }
}
