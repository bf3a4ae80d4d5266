using Consortium.Ledger.State;

namespace Consortium.Consensus.Ports;

/// <summary>What one batch changes on one shard.</summary>
/// <param name="Previous">Position of the last batch that changed this shard; the shard refuses a gap.</param>
/// <param name="Position">Position of this batch; the shard passes over what it has already applied.</param>
/// <param name="Values">New canonical values.</param>
public sealed record ShardWrites(
    ulong Previous,
    ulong Position,
    IReadOnlyList<KeyValuePair<StateKey, byte[]>> Values);
