using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Submissions;
using Consortium.Ledger;
using Consortium.Ledger.Transactions;

namespace Consortium.Gateway.Transactions;

/// <summary>Answers queries about transactions, for HTTP and gRPC alike.</summary>
internal sealed class TransactionQueries(NodeSource nodes, ReaderCheck readers)
{
    public async Task<TransactionResponse> GetAsync(Credentials credentials, string id, CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        var recorded = await node.FindTransactionAsync(Parameters.Transaction(id), cancellationToken);
        var transaction = recorded is null ? null : TransactionCodec.DecodeTrusted(recorded.SignedBytes, node.Genesis.Network);
        readers.RequireReader(credentials, node, transaction?.Signers ?? []);
        if (recorded is null || transaction is null)
        {
            throw new RefusalException(Refusal.NotFound, $"No transaction {id} was ordered.");
        }

        var receipts = await ReceiptWriter.MakeAsync(node, [recorded.Position], cancellationToken);
        return new TransactionResponse(
            receipts.Write(recorded, isDuplicate: false),
            TransactionJson.NameOf(transaction.Body.Kind),
            transaction.ValidUntilMs,
            TransactionJson.Write(transaction.Body),
            [.. transaction.Signers.Select(key => key.ToString())],
            Convert.ToBase64String(recorded.SignedBytes.Span));
    }
}
