using Consortium.Consensus.Ports;
using Consortium.Ledger.Ids;
using Consortium.Simulation.Checkers.Reference;

namespace Consortium.Simulation.Checkers;

/// <summary>The ledger index says of the past what the replay says.</summary>
internal sealed class QueryChecker(ReferenceLedger ledger, Findings findings)
{
    public const string Name = "query";

    /// <summary>The index was asked for an account's holdings at a height that it has.</summary>
    public void OnHoldingsAt(AccountId account, ulong height, IReadOnlyList<IndexedHolding> rows)
    {
        if (ledger.BlockAt(height) is not { } block)
        {
            findings.Report(Name, $"{account} was answered at height {height}; {ledger.TipHeight} blocks are sealed");
            return;
        }

        var next = 0;
        var holdings = ledger.FindAccount(account)?.Holdings ?? [];
        for (var i = 0; i < holdings.Count; i++)
        {
            if (holdings[i].At(block.Header.LastPosition, out var writtenAt) is not { } value)
            {
                continue;
            }

            var row = next < rows.Count ? rows[next] : null;
            var writtenIn = ledger.BlockOf(writtenAt)!.Header.Height;
            if (row is null
                || row.Account != account
                || row.Instrument != holdings[i].Key.Instrument
                || row.Height != writtenIn
                || !row.Holding.Encode().AsSpan().SequenceEqual(value.Encode()))
            {
                findings.Report(Name, $"{account} at height {height}: row {next} is {row}, it is {value} since height {writtenIn}");
                return;
            }

            next++;
        }

        if (next < rows.Count)
        {
            findings.Report(Name, $"{account} at height {height} has {rows.Count} rows; {next} are its holdings");
        }
    }

    /// <summary>How far the index is at a quiet moment, when all that is final should long be in it.</summary>
    public void OnHeight(ulong height)
    {
        if (height < ledger.FinalHeight)
        {
            findings.Report(Name, $"the index ends with block {height}; {ledger.FinalHeight} are final");
        }
    }

    /// <summary>The index was asked where a transaction of a block that it has stands.</summary>
    public void OnPlaces(TransactionId id, IReadOnlyList<(ulong Position, int Index)> candidates)
    {
        if (ledger.TryFind(id, out var place) && !candidates.Contains((place.Position, place.Index)))
        {
            findings.Report(Name, $"{id} stands at {place.Position}/{place.Index}; the index does not find it there");
        }
    }
}
