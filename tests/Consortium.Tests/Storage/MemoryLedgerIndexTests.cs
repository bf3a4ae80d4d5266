using Consortium.Consensus.Ports;
using Consortium.Simulation.Memory;

namespace Consortium.Tests.Storage;

public sealed class MemoryLedgerIndexTests : LedgerIndexContract
{
    protected override ILedgerIndex Index { get; } = new MemoryLedgerIndex();
}
