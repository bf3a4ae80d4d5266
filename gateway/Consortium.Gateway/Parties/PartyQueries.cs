using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;

namespace Consortium.Gateway.Parties;

/// <summary>Answers queries about parties, for HTTP and gRPC alike.</summary>
internal sealed class PartyQueries(NodeSource nodes, ReaderCheck readers)
{
    public async Task<BalanceSheetResponse> GetBalanceSheetAsync(Credentials credentials, string id, ulong? at, CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        readers.RequireReader(credentials, node);
        var party = Parameters.Party(id);
        var (height, timeMs) = await SealedBlocks.RequireAsync(node, at, cancellationToken);
        return await BalanceSheet.ReadAsync(node, party, height, timeMs, cancellationToken);
    }
}
