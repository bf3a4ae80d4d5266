namespace Consortium.Client.Load;

/// <summary>Chooses payer and payee of each transfer by counting, so that the needs of every account are known before units are issued.</summary>
/// <remarks>
/// Every account is issued all that it will ever give, whatever the order in which transactions arrive; none of them can
/// lack cover.
/// </remarks>
/// <param name="accounts">Accounts, at least 2; the first one is the hot one.</param>
/// <param name="hotPercent">Percent of transactions that touch the first account.</param>
internal sealed class LoadPlan(int accounts, int hotPercent)
{
    /// <summary>The places of payer and payee of a transaction; in a two-party deal the payee delivers.</summary>
    public (int Payer, int Payee) this[long transaction]
    {
        get
        {
            if (transaction % 100 < hotPercent)
            {
                return ((int)(1 + (transaction % (accounts - 1))), 0);
            }

            // The step between payer and payee changes from round to round, so that pairs do too.
            var payer = (int)(transaction % accounts);
            var step = (int)(1 + (transaction / accounts % (accounts - 1)));
            return (payer, (payer + step) % accounts);
        }
    }

    /// <summary>The units that every account pays and delivers in all transactions.</summary>
    /// <param name="transactions">The number of transactions.</param>
    /// <returns>Units by place.</returns>
    public (long[] Pays, long[] Delivers) Needs(long transactions)
    {
        var (pays, delivers) = (new long[accounts], new long[accounts]);
        for (long i = 0; i < transactions; i++)
        {
            var (payer, payee) = this[i];
            pays[payer]++;
            delivers[payee]++;
        }

        return (pays, delivers);
    }
}
