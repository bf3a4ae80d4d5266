using Consortium.Ledger.State;

namespace Consortium.Consensus.Ports;

/// <summary>The changes of one batch to one shard.</summary>
/// <param name="Previous">Position of the last batch that changed this shard; the shard refuses a gap.</param>
/// <param name="Position">Journal position of the batch; the shard ignores a position that it has already applied.</param>
/// <param name="Values">New canonical values.</param>
public sealed record ShardWrites(
    ulong Previous,
    ulong Position,
    IReadOnlyList<KeyValuePair<StateKey, byte[]>> Values);
