using Consortium.Consensus.Ports;
using Consortium.Simulation.Cluster;
using Google.Protobuf;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Simulation.Defects;

/// <summary>A rejection is recorded as an acceptance.</summary>
internal sealed class RejectAsAccepted : Defect
{
    public override IJournal Journal(IJournal journal, ConsensusActivation activation) =>
        new AlteringJournal(journal, entry => entry.Kind == JournalEntryKind.Batch ? Alter(entry.Bytes) : entry.Bytes);

    private static ReadOnlyMemory<byte> Alter(ReadOnlyMemory<byte> bytes)
    {
        var batch = Wire.Batch.Parser.ParseFrom(bytes.Span);
        batch.Outcomes.LastOrDefault(outcome => outcome.Rejections.Count > 0)?.Rejections.Clear();
        return batch.ToByteArray();
    }
}
