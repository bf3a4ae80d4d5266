using Consortium.Consensus.Ports;
using Consortium.Consensus.Sequencing;
using Consortium.Ledger.Signatures;
using Consortium.Simulation.Cluster;

namespace Consortium.Simulation.Defects;

/// <summary>A planted defect, which is put between a role and its ports. This base class changes nothing.</summary>
/// <remarks>One instance is made per run and sees all activations; occasional faults are counted, so that the seed decides them.</remarks>
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

    /// <summary>The answers of an activation to one submission.</summary>
    public virtual Task<IReadOnlyList<OrderResult>> AnswersAsync(Task<IReadOnlyList<OrderResult>> answers, ConsensusActivation activation) => answers;

    /// <summary>The verifier with which gateways check signatures.</summary>
    public virtual ISignatureVerifier Verifier(ISignatureVerifier signatures) => signatures;

    /// <summary>The progress that an activation publishes.</summary>
    public virtual LedgerHead Progress(LedgerHead now, ConsensusActivation activation) => now;
}
