using Consortium.Consensus.Mining;
using Consortium.Consensus.Ports;
using Consortium.Simulation.Engine;
using Consortium.Simulation.Memory;
using Consortium.Simulation.Storage;

namespace Consortium.Simulation.Cluster;

/// <summary>A silo: one process at a time, whose memory ends with it, and a disk with the ledger index, which stays.</summary>
internal sealed class SimulatedSilo
{
    private readonly SimulatedCluster _cluster;
    private readonly MemoryLedgerIndex _indexMedium = new();

    /// <summary>A silo that is up.</summary>
    public SimulatedSilo(SimulatedCluster cluster, int number)
    {
        _cluster = cluster;
        Number = number;
        Process = Boot();
        Miner = MakeMiner();
        Gateway = new SimulatedGateway(cluster, this);
    }

    public int Number { get; }

    public SimulatedProcess Process { get; private set; }

    public bool IsUp => Process.IsAlive;

    /// <summary>Mines for one member.</summary>
    public Miner Miner { get; private set; }

    public SimulatedGateway Gateway { get; private set; }

    /// <summary>The ledger index as the disk has it.</summary>
    public ILedgerIndex Index => _indexMedium;

    /// <summary>Completes when the last activation here has let go of the index; the next one waits for it.</summary>
    public Task IndexReleased { get; set; } = Task.CompletedTask;

    /// <summary>Ends the process, with its shards, gateway and activations.</summary>
    public void Kill()
    {
        _cluster.Log.Append(EventKind.ProcessKilled, Process.Name);
        Process.Kill();
        IndexReleased = Task.CompletedTask;
        _cluster.Directory.OnDown(this);
    }

    /// <summary>Starts a new process with empty memory and the disk as it was.</summary>
    public void Restart()
    {
        Process = Boot();
        Miner = MakeMiner();
        Gateway = new SimulatedGateway(_cluster, this);
        _cluster.Directory.OnUp(this);
    }

    public SimulatedDisk OpenDisk() => new(_cluster.Time, Process, _cluster.StorageFaults, _cluster.StorageRandom, _cluster.Counts, _cluster.Log);

    public SimulatedIndex OpenIndex() => new(_indexMedium, OpenDisk());

    private SimulatedProcess Boot()
    {
        var process = new SimulatedProcess(_cluster.Time, $"silo-{Number}", _cluster.Plan.Epoch, _cluster.OnProcessFailed);
        process.Clock.DriftPerMillion = _cluster.Plan.DriftPerMillion(Number);
        process.Clock.Jump(_cluster.Plan.ClockOffset(Number));
        _cluster.Log.Append(EventKind.ProcessStarted, process.Name);
        return process;
    }

    private Miner MakeMiner()
    {
        var member = Number % _cluster.Genesis.Members.Count;
        var key = SimulatedGenesis.ProducerKey(member);
        return new Miner(_cluster.Genesis.Members[member].Id, message => key.Sign(message), new MinerOptions(1, 100), Process.Clock);
    }
}
