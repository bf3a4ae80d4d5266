using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Consortium.Gateway.Blocks;

/// <summary><c>GET /v1/blocks/{height}</c>.</summary>
internal static class BlockEndpoints
{
    public static void MapBlocks(this IEndpointRouteBuilder routes) => routes
        .MapGet(Routes.Block, GetAsync)
        .WithName("GetBlock")
        .WithTags("Blocks")
        .WithSummary("A sealed block: header, hash and contents")
        .WithDescription("height is a number from 1, latest, or final.")
        .ProducesReadRefusals();

    private static async Task<Ok<BlockResponse>> GetAsync(
        HttpContext context,
        string height,
        BlockQueries blocks,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await blocks.GetAsync(Credentials.Of(context), height, cancellationToken));
}
