using Consortium.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Consortium.Gateway.Network;

/// <summary><c>GET /v1/network</c>.</summary>
internal static class NetworkEndpoints
{
    public static void MapNetwork(this IEndpointRouteBuilder routes) => routes
        .MapGet(Routes.Network, GetAsync)
        .WithName("GetNetwork")
        .WithTags("Network")
        .WithSummary("The network and how far it has come")
        .WithDescription("Name, id, genesis, members, head, sealed and final heights, target, parameters and limits. Needs no token.");

    private static async Task<Ok<NetworkResponse>> GetAsync(NetworkQueries network, CancellationToken cancellationToken) =>
        TypedResults.Ok(await network.GetAsync(cancellationToken));
}
