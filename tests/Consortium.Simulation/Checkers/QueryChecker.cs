using Consortium.Consensus.Ports;
using Consortium.Ledger.Ids;
using Consortium.Simulation.Checkers.Reference;

namespace Consortium.Simulation.Checkers;

/// <summary>The answers of the ledger index about the past are those of the replay.</summary>
internal sealed class QueryChecker(ReferenceLedger ledger, Findings findings)
{
    public const string Name = "query";

    /// <summary>Checks an answer about an account's holdings at a height that the index has.</summary>
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

    /// <summary>Checks the height of the index at a quiet moment, when every final block should be in it.</summary>
    public void OnHeight(ulong height)
    {
        if (height < ledger.FinalHeight)
        {
            findings.Report(Name, $"the index ends with block {height}; {ledger.FinalHeight} are final");
        }
    }

    /// <summary>Checks an answer about the place of a transaction in a block that the index has.</summary>
    public void OnPlaces(TransactionId id, IReadOnlyList<(ulong Position, int Index)> candidates)
    {
        if (ledger.TryFind(id, out var place) && !candidates.Contains((place.Position, place.Index)))
        {
            findings.Report(Name, $"{id} stands at {place.Position}/{place.Index}; the index does not find it there");
        }
    }
}
