using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Consortium.Gateway.Assets;

/// <summary>The HTTP endpoints of assets and their holders.</summary>
internal static class AssetEndpoints
{
    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.Asset, GetAsync)
            .WithName("GetAsset")
            .WithTags("Assets")
            .WithSummary("An asset: its definition and what is outstanding")
            .WithDescription("From the live state. Needs no token.")
            .ProducesRefusals(400, 404, 429, 503);
        routes.MapGet(Routes.Holders, GetHoldersAsync)
            .WithName("GetHolders")
            .WithTags("Assets")
            .WithSummary("Who holds an asset")
            .WithDescription("After the last sealed block, in order of account, the issuance account included. Page with after, the last account of the page before.")
            .ProducesReadRefusals();
    }

    private static async Task<Ok<AssetResponse>> GetAsync(string id, AssetQueries assets, CancellationToken cancellationToken) =>
        TypedResults.Ok(await assets.GetAsync(id, cancellationToken));

    private static async Task<Ok<HoldersResponse>> GetHoldersAsync(
        HttpContext context,
        string id,
        string? after,
        int? limit,
        AssetQueries assets,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await assets.GetHoldersAsync(Credentials.Of(context), id, after, limit, cancellationToken));
}
