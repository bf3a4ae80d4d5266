using Consortium.Ledger.Blocks;
using Consortium.Ledger.Work;
using Consortium.Simulation.Checkers.Reference;

namespace Consortium.Simulation.Checkers;

/// <summary>Every header meets the target that the chain sets, by the work of a member that signed it.</summary>
/// <param name="ledger">The replay.</param>
/// <param name="signatureFault">Returns the fault of a seal's signature, or nothing.</param>
/// <param name="findings">Where to report.</param>
internal sealed class WorkChecker(ReferenceLedger ledger, Func<BlockSeal, string?> signatureFault, Findings findings)
{
    public const string Name = "work";

    public void OnSeal(ReplayedBlock block)
    {
        if (Fault(block) is { } fault)
        {
            findings.Report(Name, $"header {block.Header.Height}: {fault}");
        }
    }

    private string? Fault(ReplayedBlock block)
    {
        var header = block.Header;
        if (header.TargetCompact != block.Expected.TargetCompact)
        {
            return $"target {header.TargetCompact:x8}, the chain sets {block.Expected.TargetCompact:x8}";
        }

        if (!Target.TryFromCompact(header.TargetCompact, out var target) || !target.IsMetBy(block.Block.Hash))
        {
            return $"hash {block.Block.Hash} does not meet {target}";
        }

        return ledger.Genesis.FindMember(header.Producer) is null
            ? $"producer {header.Producer} is no member"
            : signatureFault(block.Block.Seal);
    }
}
