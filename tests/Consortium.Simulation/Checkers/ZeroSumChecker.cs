using Consortium.Ledger.Accounts;
using Consortium.Ledger.Assets;
using Consortium.Simulation.Checkers.Reference;

namespace Consortium.Simulation.Checkers;

/// <summary>Every instrument sums to zero over all accounts after every batch.</summary>
internal sealed class ZeroSumChecker(Findings findings)
{
    public const string Name = "zero-sum";

    // Instruments that do not sum to zero; between batches there are none.
    private readonly Dictionary<Instrument, Int128> _sums = [];

    public void OnBatch(ulong position, IReadOnlyList<ReplayedChange> changes)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i].After is not Holding after)
            {
                continue;
            }

            var moved = after.Posted - ((changes[i].Before as Holding)?.Posted ?? 0);
            var instrument = changes[i].Key.Instrument;
            var sum = _sums.GetValueOrDefault(instrument) + moved;
            if (sum == 0)
            {
                _sums.Remove(instrument);
            }
            else
            {
                _sums[instrument] = sum;
            }
        }

        foreach (var (instrument, sum) in _sums)
        {
            findings.Report(Name, $"after the batch at {position} {instrument} sums to {sum}");
        }
    }
}
