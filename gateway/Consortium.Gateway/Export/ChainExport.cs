using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Node;
using Consortium.Ledger;

namespace Consortium.Gateway.Export;

/// <summary>Checks whether a caller may have an export and which blocks it holds, for HTTP and gRPC alike.</summary>
internal sealed class ChainExport(NodeSource nodes, ReaderCheck readers)
{
    /// <summary>Finds the last block of an export.</summary>
    /// <exception cref="RefusalException">The caller may not read the chain, or the block is not sealed.</exception>
    public async Task<(ILedgerNode Node, ulong Height)> FindAsync(Credentials credentials, ulong? to, CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        readers.RequireReader(credentials, node);
        var (height, _) = await SealedBlocks.RequireAsync(node, to, cancellationToken);
        return height > 0 ? (node, height) : throw new RefusalException(Refusal.HeightNotSealed, "No block is sealed yet.");
    }
}
