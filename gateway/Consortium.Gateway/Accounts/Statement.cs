using System.Globalization;
using Consortium.Api;
using Consortium.Consensus.Ports;
using Consortium.Gateway.Node;
using Consortium.Ledger.Assets;
using Consortium.Ledger.Ids;

namespace Consortium.Gateway.Accounts;

/// <summary>Puts a statement together: whole blocks, each line opening where the last one of its instrument closed.</summary>
internal static class Statement
{
    // Most instruments of one account that one block may change and a statement still shows in one page.
    private const int RowsOfOneBlockMax = 100_000;

    public static async Task<StatementResponse> ReadAsync(
        ILedgerNode node,
        AccountId account,
        ulong first,
        ulong last,
        int limit,
        CancellationToken cancellationToken)
    {
        var (rows, covered) = await ReadWholeBlocksAsync(node.Index, account, first, last, limit, cancellationToken);
        var posted = new Dictionary<Instrument, Int128>();
        foreach (var row in await node.Index.HoldingsAtAsync(account, first - 1, cancellationToken))
        {
            posted[row.Instrument] = row.Holding.Posted;
        }

        var blocks = new List<StatementBlock>();
        foreach (var block in rows.GroupBy(row => row.Height))
        {
            var header = await node.ReadBlockHeaderAsync(block.Key, cancellationToken);
            var timeMs = header?.Header.TimeMs ?? 0;
            var lines = new List<StatementLine>();
            foreach (var row in block)
            {
                var opening = posted.GetValueOrDefault(row.Instrument);
                var closing = row.Holding.Posted;
                posted[row.Instrument] = closing;
                lines.Add(new StatementLine(
                    row.Instrument.ToString(),
                    opening.ToString(CultureInfo.InvariantCulture),
                    (closing - opening).ToString(CultureInfo.InvariantCulture),
                    closing.ToString(CultureInfo.InvariantCulture),
                    row.Holding.PledgedAt(timeMs).ToString()));
            }

            blocks.Add(new StatementBlock(block.Key, timeMs, lines));
        }

        return new StatementResponse(account.ToString(), first, covered, blocks, covered < last ? covered + 1 : null);
    }

    private static async Task<(IReadOnlyList<IndexedHolding> Rows, ulong Covered)> ReadWholeBlocksAsync(
        ILedgerIndex index,
        AccountId account,
        ulong first,
        ulong last,
        int limit,
        CancellationToken cancellationToken)
    {
        if (first > last)
        {
            return ([], last);
        }

        // One more than asked for tells whether there is more.
        var rows = await index.HistoryAsync(account, first, last, limit + 1, cancellationToken);
        if (rows.Count <= limit)
        {
            return (rows, last);
        }

        var cut = rows[^1].Height;
        var whole = rows.Where(row => row.Height < cut).ToList();
        if (whole.Count > 0)
        {
            return (whole, cut - 1);
        }

        return (await index.HistoryAsync(account, cut, cut, RowsOfOneBlockMax, cancellationToken), cut);
    }
}
