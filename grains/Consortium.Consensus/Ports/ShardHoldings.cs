using Consortium.Ledger.State;

namespace Consortium.Consensus.Ports;

/// <summary>The holdings of an account as its shard has them.</summary>
/// <param name="Position">Journal position of the last batch that wrote to the shard: the values are those after it.</param>
/// <param name="Values">Keys and canonical values, in order of instrument.</param>
public readonly record struct ShardHoldings(ulong Position, IReadOnlyList<KeyValuePair<StateKey, byte[]>> Values);
