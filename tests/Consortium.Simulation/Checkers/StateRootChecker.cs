using Consortium.Ledger;
using Consortium.Simulation.Checkers.Reference;

namespace Consortium.Simulation.Checkers;

/// <summary>Every header's state root is that of the replay, whose own trees are those that its state gives from nothing.</summary>
internal sealed class StateRootChecker(ReferenceLedger ledger, Findings findings)
{
    public const string Name = "state-root";

    public void OnSeal(ReplayedBlock block)
    {
        if (block.Header.StateRoot != block.Expected.StateRoot)
        {
            findings.Report(
                Name,
                $"header {block.Header.Height} has state root {block.Header.StateRoot}, the replay {block.Expected.StateRoot}");
        }
    }

    /// <summary>The chain is at its end.</summary>
    public void OnEnd()
    {
        for (var shard = 0; ledger.Tip is { } tip && shard < tip.ShardRoots.Count; shard++)
        {
            RequireRoot(shard, tip.ShardRoots[shard]);
        }
    }

    /// <summary>Compares a shard's root after the last block with what the state gives from nothing.</summary>
    public void RequireRoot(int shard, Digest root)
    {
        var rebuilt = ledger.Rebuild(shard, ledger.SealedPosition).Root;
        if (root != rebuilt)
        {
            findings.Report(Name, $"shard {shard} has root {root} after block {ledger.TipHeight}; built from nothing {rebuilt}");
        }
    }
}
