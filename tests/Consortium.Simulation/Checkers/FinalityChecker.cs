using Consortium.Consensus.Sequencing;
using Consortium.Ledger.Blocks;
using Consortium.Simulation.Checkers.Reference;

namespace Consortium.Simulation.Checkers;

/// <summary>What an activation says is sealed is durable, and what it says is final is what the work on top makes final; neither goes back.</summary>
internal sealed class FinalityChecker(ReferenceLedger ledger, Findings findings)
{
    public const string Name = "finality";

    private readonly Dictionary<string, LedgerHead> _last = new(StringComparer.Ordinal);

    /// <summary>An activation said how far the ledger has come.</summary>
    public void OnProgress(string activation, LedgerHead now)
    {
        if (Fault(now) is { } fault)
        {
            findings.Report(Name, $"{activation} {fault}");
        }
        else if (_last.TryGetValue(activation, out var before)
            && (now.SealedHeight < before.SealedHeight || now.FinalHeight < before.FinalHeight))
        {
            findings.Report(Name, $"{activation} went back from {before} to {now}");
        }

        _last[activation] = now;
    }

    /// <summary>Somebody was shown a sealed block.</summary>
    public void OnBlock(ulong height, BlockSeal seal)
    {
        if (ledger.BlockAt(height)?.Hash != seal.Header.Hash)
        {
            findings.Report(Name, $"block {height} was shown as {seal.Header.Hash}, it is {ledger.BlockAt(height)?.Hash}");
        }
    }

    private string? Fault(LedgerHead now)
    {
        if (now.SealedHeight > ledger.TipHeight)
        {
            return $"says block {now.SealedHeight} is sealed; {ledger.TipHeight} are";
        }

        if (now.Position > (ledger.Head ?? 0))
        {
            return $"says it is at position {now.Position}; the journal ends at {ledger.Head}";
        }

        // The journal is an activation's only source, so it knows exactly the blocks that the journal makes final.
        var tip = ledger.BlockAt(now.SealedHeight);
        var final = tip?.FinalHeight ?? 0;
        if (now.FinalHeight != final)
        {
            return $"says block {now.FinalHeight} is final; the work up to block {now.SealedHeight} makes it {final}";
        }

        var sealedPosition = tip?.Header.LastPosition ?? 0;
        var finalPosition = ledger.BlockAt(final)?.Header.LastPosition ?? 0;
        return (now.SealedPosition, now.FinalPosition) == (sealedPosition, finalPosition)
            ? null
            : $"says positions {now.SealedPosition} and {now.FinalPosition} are sealed and final; {sealedPosition} and {finalPosition} are";
    }
}
