using Consortium.Consensus.Ports;
using Consortium.Simulation.Faults;
using Consortium.Simulation.Storage;
using Consortium.Tests.Simulation.Engine;
using Consortium.Tests.Storage;

namespace Consortium.Tests.Simulation.Storage;

public sealed class SimulatedJournalContractTests : JournalContract
{
    public SimulatedJournalContractTests()
    {
        var world = new World();
        var process = world.Process("a");
        var disk = new SimulatedDisk(world.Time, process, new StorageFaults(), world.Random("disk"), world.Counts, world.Log);
        Journal = new DrivenJournal(world, process, new SimulatedJournal(new JournalMedium(world.Time, world.Log), disk));
    }

    protected override IJournal Journal { get; }
}
