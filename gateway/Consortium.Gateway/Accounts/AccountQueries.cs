using Consortium.Api;
using Consortium.Gateway.Access;
using Consortium.Gateway.Assets;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Hosting;
using Consortium.Gateway.Node;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.State;

namespace Consortium.Gateway.Accounts;

/// <summary>Answers queries about accounts, for HTTP and gRPC alike.</summary>
internal sealed class AccountQueries(NodeSource nodes, ReaderCheck readers)
{
    private const int StatementRowsDefault = 100;
    private const int StatementRowsMax = 1000;

    public async Task<AccountResponse> GetAsync(Credentials credentials, string id, CancellationToken cancellationToken) =>
        AccountResponse.From(await FindAsync(credentials, id, nodes.Serving, cancellationToken));

    public async Task<BalancesResponse> GetBalancesAsync(Credentials credentials, string id, ulong? at, CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        var account = await FindAsync(credentials, id, node, cancellationToken);
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

            return new BalancesResponse(account.Id.ToString(), timeNow, lines, Position: position);
        }

        var (height, timeMs) = await SealedBlocks.RequireAsync(node, at, cancellationToken);
        foreach (var row in await node.Index.HoldingsAtAsync(account.Id, height, cancellationToken))
        {
            var definition = await names.FindAsync(row.Instrument.Asset, cancellationToken);
            lines.Add(BalanceLine.From(row.Instrument, row.Holding, timeMs, definition));
        }

        return new BalancesResponse(account.Id.ToString(), timeMs, lines, height);
    }

    public async Task<StatementResponse> GetStatementAsync(
        Credentials credentials,
        string id,
        ulong? from,
        ulong? to,
        int? limit,
        CancellationToken cancellationToken)
    {
        var node = nodes.Serving;
        var rows = Parameters.Limit(limit, StatementRowsDefault, StatementRowsMax);
        var account = await FindAsync(credentials, id, node, cancellationToken);
        var (last, _) = await SealedBlocks.RequireAsync(node, to, cancellationToken);
        var first = Math.Max(1, from ?? 1);
        if (first > last + 1)
        {
            throw SealedBlocks.NotSealed(first, node);
        }

        return await Statement.ReadAsync(node, account.Id, first, last, rows, cancellationToken);
    }

    private async Task<Account> FindAsync(Credentials credentials, string text, ILedgerNode node, CancellationToken cancellationToken)
    {
        var id = Parameters.Account(text);
        await readers.RequireReaderAsync(credentials, node, id, cancellationToken);
        return await node.ReadAsync(StateKey.Account(id), cancellationToken) as Account
            ?? throw new RefusalException(Refusal.NotFound, $"No account {text} is open.");
    }
}
