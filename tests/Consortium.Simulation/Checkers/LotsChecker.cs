using Consortium.Ledger.Accounts;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Consortium.Simulation.Checkers.Reference;

namespace Consortium.Simulation.Checkers;

/// <summary>A holding is the sum of its lots, none of them acquired in the future, and no more of it is pledged than there is.</summary>
internal sealed class LotsChecker(ReferenceLedger ledger, Findings findings)
{
    public const string Name = "lots";

    public void OnBatch(ulong position, ulong timeMs, IReadOnlyList<ReplayedChange> changes)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i].After is Holding holding && Fault(changes[i].Key, holding, timeMs) is { } fault)
            {
                findings.Report(Name, $"after the batch at {position} {new AccountId(changes[i].Key.Owner)} in {changes[i].Key.Instrument}: {fault}");
            }
        }
    }

    private string? Fault(StateKey key, Holding holding, ulong timeMs)
    {
        if (holding.Posted < 0 && ledger.Latest(StateKey.Account(new AccountId(key.Owner))) is not Account { IsIssuanceAccount: true })
        {
            return $"posted {holding.Posted}, and it is no issuance account";
        }

        var units = holding.Posted > 0 ? (UInt128)holding.Posted : 0;
        if (holding.Lots.Quantity != units)
        {
            return $"posted {holding.Posted}, and its lots sum to {holding.Lots.Quantity}";
        }

        var seconds = timeMs / 1000;
        var lots = holding.Lots.Items;
        for (var i = 0; i < lots.Count; i++)
        {
            // The whole of a lot's day may be gone by without looking at its seconds.
            if ((ulong)(lots[i].Day + 1) * Lot.SecondsPerDay > seconds && lots[i].SecondsAcquired > (System.Numerics.BigInteger)lots[i].Quantity * seconds)
            {
                return $"a lot of day {lots[i].Day} was acquired after {seconds}";
            }
        }

        var pledged = holding.PledgedAt(timeMs);
        return pledged.Units > units ? $"posted {holding.Posted}, pledged {pledged}" : null;
    }
}
