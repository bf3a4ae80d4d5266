using Consortium.Ledger.Members;

namespace Consortium.Gateway.Node.Diagnostics;

/// <summary>What an operator wants to know of the ledger's parts, as they answered just now.</summary>
/// <param name="Members">The members of the present state, or the genesis' when it could not be read.</param>
/// <param name="Consensus">What the sequencer answered, or <see langword="null"/> when it did not.</param>
/// <param name="Silos">The silos that should run, or this process where it has every role.</param>
/// <param name="Shards">One per shard, in order.</param>
public sealed record LedgerDiagnosis(
    IReadOnlyList<Member> Members,
    ConsensusDiagnosis? Consensus,
    IReadOnlyList<SiloDiagnosis> Silos,
    IReadOnlyList<ShardDiagnosis> Shards);
