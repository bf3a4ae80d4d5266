using System.Globalization;
using System.Text.Json;
using Consortium.Api;
using Consortium.Ledger;

namespace Consortium.Gateway.Errors;

/// <summary>Writes problem details (RFC 9457).</summary>
internal static class ProblemWriter
{
    private const int RetryAfterSecondsDefault = 1;

    public static async Task WriteAsync(
        HttpContext context,
        Refused refused,
        int? retryAfterSeconds = null,
        string? correlationId = null,
        int? status = null)
    {
        var problem = ErrorCatalogue.Problem(refused, context.Request.Path.Value ?? "/") with { CorrelationId = correlationId };
        problem = problem with { Status = status ?? problem.Status };
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = MediaTypes.Problem;
        if (problem.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = (retryAfterSeconds ?? RetryAfterSecondsDefault).ToString(CultureInfo.InvariantCulture);
        }

        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"consortium\"";
        }

        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Options), context.RequestAborted);
    }
}
