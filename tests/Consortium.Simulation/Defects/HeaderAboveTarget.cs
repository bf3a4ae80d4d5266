using Consortium.Consensus.Ports;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Work;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>A sealed header stands in the journal with a nonce that does not meet its target.</summary>
internal sealed class HeaderAboveTarget : Defect
{
    private const ulong Every = 8;

    public override IJournal Journal(IJournal journal, ConsensusActivation activation) => new AlteringJournal(
        journal,
        entry => entry.Kind == JournalEntryKind.Seal && BlockSeal.TryRead(entry.Bytes.Span, out var seal) && seal.Header.Height % Every == 0
            ? (seal with { Header = Miss(seal.Header) }).ToArray()
            : entry.Bytes);

    private static BlockHeader Miss(BlockHeader header)
    {
        while (Target.FromCompact(header.TargetCompact).IsMetBy(header.Hash))
        {
            header = header with { Nonce = header.Nonce + 1 };
        }

        return header;
    }
}
