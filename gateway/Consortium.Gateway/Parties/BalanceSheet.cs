using System.Globalization;
using Consortium.Api;
using Consortium.Gateway.Assets;
using Consortium.Gateway.Errors;
using Consortium.Gateway.Node;
using Consortium.Ledger;
using Consortium.Ledger.Accounts;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Gateway.Parties;

/// <summary>Sums a party's accounts, assets and liabilities apart.</summary>
internal static class BalanceSheet
{
    public static async Task<BalanceSheetResponse> ReadAsync(
        ILedgerNode node,
        PartyId party,
        ulong height,
        ulong timeMs,
        CancellationToken cancellationToken)
    {
        var accounts = await node.Index.AccountsOfAsync(party, height, cancellationToken);
        if (accounts.Count == 0 && !node.Genesis.Members.Any(member => Derive.Party(member.Id) == party))
        {
            throw new RefusalException(Refusal.NotFound, $"No account of {party} was open after block {height}.");
        }

        var names = new AssetNames(node);
        var lines = new List<BalanceSheetAccount>();
        var assets = new SortedDictionary<Instrument, (Int128 Amount, Int128 Pledged)>();
        var liabilities = new SortedDictionary<Instrument, (Int128 Amount, Int128 Pledged)>();
        foreach (var account in accounts)
        {
            var balances = new List<BalanceLine>();
            foreach (var row in await node.Index.HoldingsAtAsync(account, height, cancellationToken))
            {
                if (row.Holding.Posted != 0)
                {
                    Add(row.Holding.Posted > 0 ? assets : liabilities, row.Instrument, row.Holding, timeMs);
                    balances.Add(BalanceLine.From(row.Instrument, row.Holding, timeMs, await names.FindAsync(row.Instrument.Asset, cancellationToken)));
                }
            }

            var issues = await node.ReadAsync(StateKey.Account(account), cancellationToken) is Account { IsIssuanceAccount: true } found
                ? found.Issues.ToString()
                : null;
            lines.Add(new BalanceSheetAccount(account.ToString(), balances, issues));
        }

        return new BalanceSheetResponse(
            party.ToString(),
            height,
            timeMs,
            await DescribeAsync(assets, names, cancellationToken),
            await DescribeAsync(liabilities, names, cancellationToken),
            lines);
    }

    private static void Add(
        SortedDictionary<Instrument, (Int128 Amount, Int128 Pledged)> side,
        Instrument instrument,
        Holding holding,
        ulong timeMs)
    {
        var (amount, pledged) = side.GetValueOrDefault(instrument);
        side[instrument] = (amount + Int128.Abs(holding.Posted), pledged + (Int128)holding.PledgedAt(timeMs).Units);
    }

    private static async Task<IReadOnlyList<BalanceSheetLine>> DescribeAsync(
        SortedDictionary<Instrument, (Int128 Amount, Int128 Pledged)> side,
        AssetNames names,
        CancellationToken cancellationToken)
    {
        var lines = new List<BalanceSheetLine>(side.Count);
        foreach (var (instrument, (amount, pledged)) in side)
        {
            var definition = await names.FindAsync(instrument.Asset, cancellationToken);
            lines.Add(new BalanceSheetLine(
                instrument.ToString(),
                amount.ToString(CultureInfo.InvariantCulture),
                pledged.ToString(CultureInfo.InvariantCulture),
                definition?.Name,
                definition?.Decimals));
        }

        return lines;
    }
}
