using Consortium.Consensus.Ports;
using Consortium.Simulation.Cluster;
using Google.Protobuf;
using Wire = Consortium.Ledger.Wire;

namespace Consortium.Simulation.Defects;

/// <summary>A batch's time is sometimes before that of the previous batch.</summary>
internal sealed class TimeBackwards : Defect
{
    private const int Every = 20;

    private int _batches;
    private ulong _lastMs;

    public override IJournal Journal(IJournal journal, ConsensusActivation activation) =>
        new AlteringJournal(journal, entry => entry.Kind == JournalEntryKind.Batch ? Alter(entry.Bytes) : entry.Bytes);

    private ReadOnlyMemory<byte> Alter(ReadOnlyMemory<byte> bytes)
    {
        var batch = Wire.Batch.Parser.ParseFrom(bytes.Span);
        if (++_batches % Every == 0)
        {
            batch.TimeMs = _lastMs - 1;
        }

        _lastMs = batch.TimeMs;
        return batch.ToByteArray();
    }
}
