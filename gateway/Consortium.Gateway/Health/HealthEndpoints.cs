using Consortium.Api;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Consortium.Gateway.Health;

/// <summary>The HTTP endpoints by which an orchestrator learns whether the process lives and is ready.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.Live, Live)
            .WithName("GetLive")
            .WithTags("Health")
            .WithSummary("Whether the process runs")
            .WithDescription("200 as long as the process answers.");
        routes.MapGet(Routes.Ready, Ready)
            .WithName("GetReady")
            .WithTags("Health")
            .WithSummary("Whether requests will be served")
            .WithDescription(
                "200 with the status ordering (this process orders transactions) or following (it serves, and another process orders). "
                + "503 otherwise, with a refusal that names the status: starting, draining or stopped.")
            .ProducesRefusals(StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<HealthResponse> Live() => TypedResults.Ok(new HealthResponse("live"));

    private static Ok<HealthResponse> Ready(NodeSource nodes) => TypedResults.Ok(new HealthResponse(EnumText.Write(nodes.Serving.Status)));
}
