using Consortium.Consensus.Ports;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Work;
using Consortium.Simulation.Cluster;
using Consortium.Simulation.Engine;

namespace Consortium.Simulation.Defects;

/// <summary>A header commits to the transactions where it should commit to their receipts; its work and signature are good.</summary>
internal sealed class WrongReceipts : Defect
{
    private const ulong Every = 8;

    public override IJournal Journal(IJournal journal, ConsensusActivation activation) => new AlteringJournal(
        journal,
        entry => entry.Kind == JournalEntryKind.Seal && BlockSeal.TryRead(entry.Bytes.Span, out var seal) && seal.Header.Height % Every == 0
            ? Seal(seal.Header with { ReceiptsRoot = seal.Header.TransactionsRoot }, activation.Cluster).ToArray()
            : entry.Bytes);

    private static BlockSeal Seal(BlockHeader header, SimulatedCluster cluster)
    {
        while (!Target.FromCompact(header.TargetCompact).IsMetBy(header.Hash))
        {
            header = header with { Nonce = header.Nonce + 1 };
        }

        var producer = cluster.Genesis.Members.Select(member => member.Id).ToList().IndexOf(header.Producer);
        return new BlockSeal(header, SimulatedGenesis.ProducerKey(producer).Sign(header.Hash.ToArray()));
    }
}
