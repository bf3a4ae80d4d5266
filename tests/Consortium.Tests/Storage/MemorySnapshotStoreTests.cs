using Consortium.Consensus.Ports;
using Consortium.Simulation.Memory;

namespace Consortium.Tests.Storage;

public sealed class MemorySnapshotStoreTests : SnapshotContract
{
    protected override ISnapshotStore Store { get; } = new MemorySnapshotStore();
}
