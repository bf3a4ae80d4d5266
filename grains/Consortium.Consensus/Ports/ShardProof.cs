using Consortium.Ledger.State;

namespace Consortium.Consensus.Ports;

/// <summary>A value of the state, or its absence, proved at a block's cut.</summary>
/// <param name="Height">The block; it may not be sealed yet.</param>
/// <param name="Value">Canonical value, or <see langword="null"/> when it is absent.</param>
/// <param name="Proof">Leads from the value to the shard's root at that block.</param>
public sealed record ShardProof(ulong Height, byte[]? Value, StateProof Proof);
