using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Consortium.Gateway.Accounts;

/// <summary>The HTTP endpoints of accounts, their holdings and their statements.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.Account, GetAsync)
            .WithName("GetAccount")
            .WithTags("Accounts")
            .WithSummary("An account: owner, custodian, authority, flags")
            .WithDescription("From the live state.")
            .ProducesReadRefusals();
        routes.MapGet(Routes.Balances, GetBalancesAsync)
            .WithName("GetBalances")
            .WithTags("Accounts")
            .WithSummary("What an account holds: posted, pledged and available per instrument")
            .WithDescription("From the live state, which has all that was acknowledged; or, with at, as it was after a sealed block.")
            .ProducesReadRefusals();
        routes.MapGet(Routes.Statement, GetStatementAsync)
            .WithName("GetStatement")
            .WithTags("Accounts")
            .WithSummary("How an account's holdings changed, block by block")
            .WithDescription("Sealed blocks from (default 1) to (default the last), at most limit lines (default 100, at most 1,000) in whole blocks; next continues.")
            .ProducesReadRefusals();
    }

    private static async Task<Ok<AccountResponse>> GetAsync(
        HttpContext context,
        string id,
        AccountQueries accounts,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await accounts.GetAsync(Credentials.Of(context), id, cancellationToken));

    private static async Task<Ok<BalancesResponse>> GetBalancesAsync(
        HttpContext context,
        string id,
        ulong? at,
        AccountQueries accounts,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await accounts.GetBalancesAsync(Credentials.Of(context), id, at, cancellationToken));

    private static async Task<Ok<StatementResponse>> GetStatementAsync(
        HttpContext context,
        string id,
        ulong? from,
        ulong? to,
        int? limit,
        AccountQueries accounts,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await accounts.GetStatementAsync(Credentials.Of(context), id, from, to, limit, cancellationToken));
}
