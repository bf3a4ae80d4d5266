using Consortium.Ledger.Members;

namespace Consortium.Gateway.Node.Diagnostics;

/// <summary>The state of the ledger's parts as they answered just now, for <c>consortium doctor</c>.</summary>
/// <param name="Members">The members of the present state, or the genesis' when it could not be read.</param>
/// <param name="Consensus">The sequencer's answer, or <see langword="null"/> when it gave none.</param>
/// <param name="Silos">The silos that should run, or this process where it has every role.</param>
/// <param name="Shards">One per shard, in order.</param>
public sealed record LedgerDiagnosis(
    IReadOnlyList<Member> Members,
    ConsensusDiagnosis? Consensus,
    IReadOnlyList<SiloDiagnosis> Silos,
    IReadOnlyList<ShardDiagnosis> Shards);
