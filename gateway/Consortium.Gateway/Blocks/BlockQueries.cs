using System.Globalization;
using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Submissions;
using Consortium.Ledger;
using Consortium.Ledger.Transactions;

namespace Consortium.Gateway.Blocks;

/// <summary>Answers queries about blocks, for HTTP and gRPC alike.</summary>
internal sealed class BlockQueries(NodeSource nodes, ReaderCheck readers)
{
    public async Task<BlockResponse> GetAsync(Credentials credentials, string height, CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        readers.RequireReader(credentials, node);
        var now = node.Progress.Now;
        var asked = height switch
        {
            "latest" => now.SealedHeight,
            "final" => now.FinalHeight,
            _ => ulong.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : throw new RefusalException(Refusal.ParameterInvalid, "height must be a number from 1, latest, or final."),
        };
        if (asked == 0)
        {
            throw new RefusalException(Refusal.HeightNotSealed, height == "final" ? "No block is final yet." : "No block is sealed yet.");
        }

        var block = await node.ReadBlockAsync(asked, cancellationToken) ?? throw SealedBlocks.NotSealed(asked, node);
        var receipts = await ReceiptWriter.MakeAsync(
            node,
            block.Transactions.Select(transaction => transaction.Position),
            cancellationToken);
        return BlockResponse.From(
            block.Seal,
            asked <= now.FinalHeight ? FinalityLevel.Final : FinalityLevel.Sealed,
            [.. block.Transactions.Select(recorded => new BlockTransaction(
                receipts.Write(recorded, isDuplicate: false),
                TransactionJson.NameOf(TransactionCodec.DecodeTrusted(recorded.SignedBytes, node.Genesis.Network).Body.Kind)))]);
    }
}
