using Consortium.Api;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Consortium.Gateway.Building;

/// <summary><c>POST /v1/transactions/build</c>.</summary>
internal static class BuildEndpoints
{
    public static void MapBuilding(this IEndpointRouteBuilder routes) => routes
        .MapPost(Routes.Build, PostAsync)
        .WithName("BuildTransaction")
        .WithTags("Transactions")
        .WithSummary("Turn JSON into the payload bytes to sign")
        .WithDescription(
            "So that any language can be a client: sign the payload (ECDSA, P-256, SHA-256; fixed-size r then s, low s), or its digest, and "
            + "submit payload and signatures. Nothing is kept. The fields of each kind are listed at the top of this document.")
        .Accepts<BuildRequest>(MediaTypes.Json)
        .ProducesRefusals(400, 413, 415, 429, 503);

    private static async Task<Ok<BuildResponse>> PostAsync(HttpRequest request, NodeSource nodes, PayloadBuilder payloads)
    {
        // A body is not read by a node that does not serve.
        _ = nodes.Serving;
        return TypedResults.Ok(payloads.Build(await JsonBody.ReadAsync<BuildRequest>(request)));
    }
}
