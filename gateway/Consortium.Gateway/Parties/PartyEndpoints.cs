using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Consortium.Gateway.Parties;

/// <summary><c>GET /v1/parties/{id}/balance-sheet</c>.</summary>
internal static class PartyEndpoints
{
    public static void MapParties(this IEndpointRouteBuilder routes) => routes
        .MapGet(Routes.BalanceSheet, GetAsync)
        .WithName("GetBalanceSheet")
        .WithTags("Parties")
        .WithSummary("What a party owns and owes")
        .WithDescription(
            "After a sealed block (at, default the last). id is a party (pty1…) or a member (mem1…). What is outstanding of the assets a party "
            + "issues are its liabilities; over all parties every instrument sums to zero.")
        .ProducesReadRefusals();

    private static async Task<Ok<BalanceSheetResponse>> GetAsync(
        HttpContext context,
        string id,
        ulong? at,
        PartyQueries parties,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await parties.GetBalanceSheetAsync(Credentials.Of(context), id, at, cancellationToken));
}
