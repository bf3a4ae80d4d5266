using Consortium.Consensus.Ports;
using Consortium.Simulation.Memory;

namespace Consortium.Tests.Storage;

public sealed class MemoryJournalTests : JournalContract
{
    protected override IJournal Journal { get; } = new MemoryJournal();
}
