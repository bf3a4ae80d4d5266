using System.Globalization;
using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Node;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.State;

namespace Consortium.Gateway.Assets;

/// <summary>Answers queries about assets, for HTTP and gRPC alike.</summary>
internal sealed class AssetQueries(NodeSource nodes, ReaderCheck readers)
{
    private const int HoldersDefault = 100;
    private const int HoldersMax = 1000;

    public async Task<AssetResponse> GetAsync(string id, CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        var asset = await FindAsync(node, id, cancellationToken);
        var holding = await node.ReadAsync(StateKey.Holding(asset.IssuanceAccount, Instrument.Full(asset.Id)), cancellationToken) as Holding;
        var outstanding = -(holding?.Posted ?? 0);
        return new AssetResponse(
            asset.Id.ToString(),
            AssetDefinitionJson.From(asset.Definition),
            asset.IssuanceAccount.ToString(),
            outstanding.ToString(CultureInfo.InvariantCulture));
    }

    public async Task<HoldersResponse> GetHoldersAsync(
        Credentials credentials,
        string id,
        string? after,
        int? limit,
        CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        readers.RequireReader(credentials, node);
        var accounts = Parameters.Limit(limit, HoldersDefault, HoldersMax);
        var from = after is null ? default : Parameters.Account(after);
        var asset = await FindAsync(node, id, cancellationToken);
        var (height, timeMs) = await SealedBlocks.RequireAsync(node, height: null, cancellationToken);
        var rows = await node.Index.HoldersAsync(asset.Id, from, accounts, cancellationToken);
        var isFull = rows.Select(row => row.Account).Distinct().Count() >= accounts;
        return new HoldersResponse(
            asset.Id.ToString(),
            height,
            [.. rows.Select(row => new HolderLine(
                row.Account.ToString(),
                BalanceLine.From(row.Instrument, row.Holding, timeMs, asset.Definition)))],
            isFull ? rows[^1].Account.ToString() : null);
    }

    private static async Task<Asset> FindAsync(ILedgerNode node, string id, CancellationToken cancellationToken) =>
        await node.ReadAsync(StateKey.Asset(Parameters.Asset(id)), cancellationToken) as Asset
        ?? throw new RefusalException(Refusal.NotFound, $"No asset {id} is registered.");
}
