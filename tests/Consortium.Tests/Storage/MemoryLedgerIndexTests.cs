using Consortium.Consensus.Ports;
using Consortium.Storage.Memory;

namespace Consortium.Tests.Storage;

public sealed class MemoryLedgerIndexTests : LedgerIndexContract
{
    protected override ILedgerIndex Index { get; } = new MemoryLedgerIndex();
}
