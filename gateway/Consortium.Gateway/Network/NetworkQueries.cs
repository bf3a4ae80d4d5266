using System.Globalization;
using Consortium.Api;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;
using Consortium.Ledger.Work;

namespace Consortium.Gateway.Network;

/// <summary>Answers queries about the network, for HTTP and gRPC alike.</summary>
internal sealed class NetworkQueries(NodeSource nodes, GatewayOptions options)
{
    public async Task<NetworkResponse> GetAsync(CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        var genesis = node.Genesis;
        var now = node.Progress.Now;
        var seal = now.SealedHeight == 0 ? null : await node.ReadBlockHeaderAsync(now.SealedHeight, cancellationToken);
        var target = seal is null ? genesis.Target : Target.FromCompact(seal.Header.TargetCompact);
        return new NetworkResponse(
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
                LedgerLimits.AuthorisedMax.ToString(CultureInfo.InvariantCulture)));
    }
}
