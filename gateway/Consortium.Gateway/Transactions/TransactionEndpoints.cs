using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
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
        .WithDescription("As soon as it is ordered. Where authentication is on, those who signed it may read it too.")
        .ProducesReadRefusals();

    private static async Task<Ok<TransactionResponse>> GetAsync(
        HttpContext context,
        string id,
        TransactionQueries transactions,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await transactions.GetAsync(Credentials.Of(context), id, cancellationToken));
}
