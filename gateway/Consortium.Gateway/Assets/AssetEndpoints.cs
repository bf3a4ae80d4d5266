using System.Globalization;
using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.State;
using Consortium.Node;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Consortium.Gateway.Assets;

/// <summary>Assets and who holds them.</summary>
internal static class AssetEndpoints
{
    private const int HoldersDefault = 100;
    private const int HoldersMax = 1000;

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

    private static async Task<Ok<AssetResponse>> GetAsync(string id, NodeSource nodes, CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        var asset = await FindAsync(node, id, cancellationToken);
        var holding = await node.ReadAsync(StateKey.Holding(asset.IssuanceAccount, Instrument.Full(asset.Id)), cancellationToken) as Holding;
        var outstanding = -(holding?.Posted ?? 0);
        return TypedResults.Ok(new AssetResponse(
            asset.Id.ToString(),
            AssetDefinitionJson.From(asset.Definition),
            asset.IssuanceAccount.ToString(),
            outstanding.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Ok<HoldersResponse>> GetHoldersAsync(
        HttpContext context,
        string id,
        string? after,
        int? limit,
        NodeSource nodes,
        ReaderCheck readers,
        CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        readers.RequireReader(context, node);
        var accounts = Parameters.Limit(limit, HoldersDefault, HoldersMax);
        var from = after is null ? default : Parameters.Account(after);
        var asset = await FindAsync(node, id, cancellationToken);
        var (height, timeMs) = await SealedBlocks.RequireAsync(node, height: null, cancellationToken);
        var rows = await node.Index.HoldersAsync(asset.Id, from, accounts, cancellationToken);
        var isFull = rows.Select(row => row.Account).Distinct().Count() >= accounts;
        return TypedResults.Ok(new HoldersResponse(
            asset.Id.ToString(),
            height,
            [.. rows.Select(row => new HolderLine(
                row.Account.ToString(),
                BalanceLine.From(row.Instrument, row.Holding, timeMs, asset.Definition)))],
            isFull ? rows[^1].Account.ToString() : null));
    }

    private static async Task<Asset> FindAsync(ILedgerNode node, string id, CancellationToken cancellationToken) =>
        await node.ReadAsync(StateKey.Asset(Parameters.Asset(id)), cancellationToken) as Asset
        ?? throw new RefusalException(Refusal.NotFound, $"No asset {id} is registered.");
}
