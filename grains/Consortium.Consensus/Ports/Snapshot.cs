namespace Consortium.Consensus.Ports;

/// <summary>The derived state after one block's last batch, from which a restart goes on.</summary>
/// <param name="Height">The block.</param>
/// <param name="Parts">Opaque to storage: the sequencer's part, then one per shard, in order.</param>
public sealed record Snapshot(ulong Height, IReadOnlyList<ReadOnlyMemory<byte>> Parts);
