using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Assets;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.State;
using Consortium.Node;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Consortium.Gateway.Accounts;

/// <summary>Accounts, what they hold and how that came about.</summary>
internal static class AccountEndpoints
{
    private const int StatementRowsDefault = 100;
    private const int StatementRowsMax = 1000;

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

    private static async Task<Ok<AccountResponse>> GetAsync(HttpContext context, string id, NodeSource nodes, ReaderCheck readers) =>
        TypedResults.Ok(AccountResponse.From(await FindAsync(context, id, nodes.Serving, readers)));

    private static async Task<Ok<BalancesResponse>> GetBalancesAsync(
        HttpContext context,
        string id,
        ulong? at,
        NodeSource nodes,
        ReaderCheck readers,
        CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        var account = await FindAsync(context, id, node, readers);
        var names = new AssetNames(node);
        var lines = new List<BalanceLine>();
        if (at is null)
        {
            var timeNow = node.Progress.Now.TimeMs;
            var (position, holdings) = await node.HoldingsAsync(account.Id, cancellationToken);
            foreach (var row in holdings)
            {
                var definition = await names.FindAsync(row.Instrument.Asset, cancellationToken);
                lines.Add(BalanceLine.From(row.Instrument, row.Holding, timeNow, definition));
            }

            return TypedResults.Ok(new BalancesResponse(account.Id.ToString(), timeNow, lines, Position: position));
        }

        var (height, timeMs) = await SealedBlocks.RequireAsync(node, at, cancellationToken);
        foreach (var row in await node.Index.HoldingsAtAsync(account.Id, height, cancellationToken))
        {
            var definition = await names.FindAsync(row.Instrument.Asset, cancellationToken);
            lines.Add(BalanceLine.From(row.Instrument, row.Holding, timeMs, definition));
        }

        return TypedResults.Ok(new BalancesResponse(account.Id.ToString(), timeMs, lines, height));
    }

    private static async Task<Ok<StatementResponse>> GetStatementAsync(
        HttpContext context,
        string id,
        ulong? from,
        ulong? to,
        int? limit,
        NodeSource nodes,
        ReaderCheck readers,
        CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        var rows = Parameters.Limit(limit, StatementRowsDefault, StatementRowsMax);
        var account = await FindAsync(context, id, node, readers);
        var (last, _) = await SealedBlocks.RequireAsync(node, to, cancellationToken);
        var first = Math.Max(1, from ?? 1);
        if (first > last + 1)
        {
            throw SealedBlocks.NotSealed(first, node);
        }

        return TypedResults.Ok(await Statement.ReadAsync(node, account.Id, first, last, rows, cancellationToken));
    }

    private static async Task<Account> FindAsync(HttpContext context, string text, ILedgerNode node, ReaderCheck readers)
    {
        var id = Parameters.Account(text);
        await readers.RequireReaderAsync(context, node, id);
        return await node.ReadAsync(StateKey.Account(id), context.RequestAborted) as Account
            ?? throw new RefusalException(Refusal.NotFound, $"No account {text} is open.");
    }
}
