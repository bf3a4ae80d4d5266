using System.Globalization;
using Consortium.Api;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;
using Consortium.Ledger.Work;
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

    private static async Task<Ok<NetworkResponse>> GetAsync(NodeSource nodes, GatewayOptions options, CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        var genesis = node.Genesis;
        var now = node.Progress.Now;
        var seal = now.SealedHeight == 0 ? null : await node.ReadBlockHeaderAsync(now.SealedHeight, cancellationToken);
        var target = seal is null ? genesis.Target : Target.FromCompact(seal.Header.TargetCompact);
        return TypedResults.Ok(new NetworkResponse(
            genesis.Name,
            genesis.Network.ToString(),
            Convert.ToBase64String(genesis.Bytes.Span),
            EnumText.Write(node.Status),
            now.Position,
            now.TimeMs,
            now.SealedHeight,
            now.FinalHeight,
            node.QueueLength,
            target.ToCompact(),
            target.ToString(),
            genesis.ShardCount,
            genesis.TimeMs,
            genesis.BlockIntervalMs,
            genesis.HalfLifeMs,
            genesis.FinalityBlocks,
            genesis.ValidityMaxMs,
            [.. genesis.Members.Select(MemberResponse.From)],
            new LimitsResponse(
                options.RequestBytesMax,
                options.TransactionsPerRequestMax,
                options.TransactionsPerSecondMax,
                options.WaitSecondsMax,
                LedgerLimits.PayloadBytesMax,
                LedgerLimits.SignaturesMax,
                LedgerLimits.DealLegsMax,
                LedgerLimits.AuthorityKeysMax,
                LedgerLimits.AuthorisedMax.ToString(CultureInfo.InvariantCulture))));
    }
}
