using Consortium.Ledger.Accounts;
using Consortium.Ledger.Ids;

namespace Consortium.Ledger.Execution;

/// <summary>Lots that one beneficial owner gives from some accounts and receives in others, in the order given.</summary>
/// <param name="owner">The owner.</param>
internal sealed class CarriedLots(PartyId owner)
{
    private readonly List<Lot> _lots = [];
    private int _next;

    public PartyId Owner => owner;

    public void Add(ReadOnlySpan<Lot> lots) => _lots.AddRange(lots);

    /// <summary>Takes the first lots, up to a number of units; there may be fewer.</summary>
    public List<Lot> Take(UInt128 quantity)
    {
        var taken = new List<Lot>();
        while (quantity > UInt128.Zero && _next < _lots.Count)
        {
            var lot = _lots[_next];
            if (lot.Quantity > quantity)
            {
                (lot, _lots[_next]) = lot.Split(quantity);
            }
            else
            {
                _next++;
            }

            taken.Add(lot);
            quantity -= lot.Quantity;
        }

        return taken;
    }
}
