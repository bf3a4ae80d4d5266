using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Ledger.Signatures;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>A planted defect: stands between a role and one of its ports. This one does nothing.</summary>
/// <remarks>One is made per run and sees all activations; what is to happen now and then it counts, so that the seed decides.</remarks>
internal class Defect
{
    /// <summary>The journal as an activation sees it.</summary>
    public virtual IJournal Journal(IJournal journal, ConsensusActivation activation) => journal;

    /// <summary>The snapshots as an activation sees them.</summary>
    public virtual ISnapshotStore Snapshots(ISnapshotStore snapshots, ConsensusActivation activation) => snapshots;

    /// <summary>The ledger index as an activation sees it.</summary>
    public virtual ILedgerIndex Index(ILedgerIndex index, ConsensusActivation activation) => index;

    /// <summary>A shard as an activation sees it.</summary>
    public virtual IStateShard Shard(IStateShard shard, int number, ConsensusActivation activation) => shard;

    /// <summary>A shard as gateways see it.</summary>
    public virtual IStateShard ReadShard(IStateShard shard, int number, SimulatedCluster cluster) => shard;

    /// <summary>What an activation answers to one submission.</summary>
    public virtual Task<IReadOnlyList<OrderResult>> AnswersAsync(Task<IReadOnlyList<OrderResult>> answers, ConsensusActivation activation) => answers;

    /// <summary>What gateways check signatures with.</summary>
    public virtual ISignatureVerifier Verifier(ISignatureVerifier signatures) => signatures;

    /// <summary>The progress that an activation publishes.</summary>
    public virtual LedgerHead Progress(LedgerHead now, ConsensusActivation activation) => now;
}
