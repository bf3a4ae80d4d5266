using Consortium.Consensus.Shards;
using Consortium.Simulation.Faults;

namespace Consortium.Simulation.Cluster;

/// <summary>Knows the silos of shards and of the sequencer, and gives them another silo when theirs has gone.</summary>
/// <remarks>A shard lives in one place at a time; the consensus role may have activations that do not know they are over.</remarks>
internal sealed class ClusterDirectory(SimulatedCluster cluster)
{
    private readonly ShardHost[] _shards = new ShardHost[cluster.Genesis.Shards];
    private int _activations;

    /// <summary>The latest activation of the consensus role.</summary>
    public ConsensusActivation? Consensus { get; private set; }

    /// <summary>Number of activations of the sequencer so far.</summary>
    public int Activations => _activations;

    public ShardHost Shard(int shard) => _shards[shard];

    /// <summary>Places everything for the first time.</summary>
    public void Begin()
    {
        for (var shard = 0; shard < _shards.Length; shard++)
        {
            Place(shard);
        }

        Activate(cluster.Random.Pick(Up()));
    }

    /// <summary>Activates the sequencer on another silo; the old activation is not told.</summary>
    public ConsensusActivation? Move()
    {
        var before = Consensus;
        var others = Up().Where(silo => silo != before?.Silo).ToList();
        if (before is null || others.Count == 0)
        {
            return null;
        }

        cluster.Count(FaultKind.ConsensusMoved);
        Activate(cluster.Random.Pick(others));
        return before;
    }

    /// <summary>An activation has ended by itself.</summary>
    public void OnEnded(ConsensusActivation activation)
    {
        if (Consensus == activation)
        {
            Consensus = null;
            Later(TimeSpan.FromMilliseconds(200), Repair);
        }
    }

    /// <summary>A silo has gone; after a while the others notice.</summary>
    public void OnDown(SimulatedSilo silo)
    {
        var process = silo.Process;
        Later(
            cluster.Random.Next(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(4)),
            () =>
            {
                for (var shard = 0; shard < _shards.Length; shard++)
                {
                    if (_shards[shard].Silo == silo)
                    {
                        Place(shard);
                    }
                }

                if (Consensus?.Process == process)
                {
                    Consensus = null;
                }

                Repair();
            });
    }

    /// <summary>A silo is there again, with empty memory.</summary>
    public void OnUp(SimulatedSilo silo)
    {
        for (var shard = 0; shard < _shards.Length; shard++)
        {
            if (_shards[shard].Silo == silo)
            {
                _shards[shard] = New(shard, silo);
            }
        }

        if (Consensus is { } consensus && !consensus.Process.IsAlive)
        {
            Consensus = null;
        }

        Repair();
    }

    private List<SimulatedSilo> Up() => cluster.Silos.Where(silo => silo.IsUp).ToList();

    private void Repair()
    {
        var up = Up();
        if (Consensus is null && up.Count > 0)
        {
            Activate(cluster.Random.Pick(up));
        }
    }

    private void Activate(SimulatedSilo silo)
    {
        Consensus = new ConsensusActivation(cluster, silo, _activations++);
        Consensus.Start();
    }

    private void Place(int shard)
    {
        var up = Up();
        if (up.Count > 0)
        {
            _shards[shard] = New(shard, cluster.Random.Pick(up));
        }
    }

    private ShardHost New(int shard, SimulatedSilo silo) => new(silo, new StateShard(shard, cluster.Genesis.ShardCount));

    private void Later(TimeSpan delay, Action action) =>
        cluster.Time.PostAfter(delay.Ticks, cluster.Time.World, static state => ((Action)state!)(), action);
}
