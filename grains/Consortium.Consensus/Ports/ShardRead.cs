namespace Consortium.Consensus.Ports;

/// <summary>A shard's answer to a read.</summary>
/// <param name="Position">Journal position of the last batch that wrote to the shard; the values are those after that batch.</param>
/// <param name="Values">Canonical values in the order of the keys; <see langword="null"/> where there is none.</param>
public readonly record struct ShardRead(ulong Position, IReadOnlyList<byte[]?> Values);
