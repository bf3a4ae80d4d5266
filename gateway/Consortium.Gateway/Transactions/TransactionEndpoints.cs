using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Submissions;
using Consortium.Ledger;
using Consortium.Ledger.Transactions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Consortium.Gateway.Transactions;

/// <summary><c>GET /v1/transactions/{id}</c>.</summary>
internal static class TransactionEndpoints
{
    public static void MapTransactions(this IEndpointRouteBuilder routes) => routes
        .MapGet(Routes.Transaction, GetAsync)
        .WithName("GetTransaction")
        .WithTags("Transactions")
        .WithSummary("A transaction with its receipt")
        .WithDescription("From the moment it is ordered. Where authentication is on, those who signed it may read it too.")
        .ProducesReadRefusals();

    private static async Task<Ok<TransactionResponse>> GetAsync(
        HttpContext context,
        string id,
        NodeSource nodes,
        ReaderCheck readers,
        CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        var recorded = await node.FindTransactionAsync(Parameters.Transaction(id), cancellationToken);
        var transaction = recorded is null ? null : TransactionCodec.DecodeTrusted(recorded.SignedBytes, node.Genesis.Network);
        readers.RequireReader(context, node, transaction?.Signers ?? []);
        if (recorded is null || transaction is null)
        {
            throw new RefusalException(Refusal.NotFound, $"No transaction {id} was ordered.");
        }

        var receipts = await ReceiptWriter.MakeAsync(node, [recorded.Receipt.Position], cancellationToken);
        return TypedResults.Ok(new TransactionResponse(
            receipts.Write(recorded.Receipt, isDuplicate: false),
            TransactionJson.NameOf(transaction.Body.Kind),
            transaction.ValidUntilMs,
            TransactionJson.Write(transaction.Body),
            [.. transaction.Signers.Select(key => key.ToString())],
            Convert.ToBase64String(recorded.SignedBytes.Span)));
    }
}
