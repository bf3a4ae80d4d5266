using Consortium.Api;

namespace Consortium.Gateway.Errors;

/// <summary>Declares, in the OpenAPI document, the problems that an endpoint answers with.</summary>
internal static class RefusalMetadata
{
    public static RouteHandlerBuilder ProducesRefusals(this RouteHandlerBuilder builder, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            builder.Produces<ProblemResponse>(status, MediaTypes.Problem);
        }

        return builder;
    }

    /// <summary>Declares the problems that any read may answer with.</summary>
    public static RouteHandlerBuilder ProducesReadRefusals(this RouteHandlerBuilder builder) => builder.ProducesRefusals(
        StatusCodes.Status400BadRequest,
        StatusCodes.Status401Unauthorized,
        StatusCodes.Status403Forbidden,
        StatusCodes.Status404NotFound,
        StatusCodes.Status429TooManyRequests,
        StatusCodes.Status503ServiceUnavailable);
}
