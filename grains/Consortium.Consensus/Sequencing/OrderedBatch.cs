namespace Consortium.Consensus.Sequencing;

/// <summary>A batch that is durable and executed.</summary>
/// <param name="Position">Journal position.</param>
/// <param name="TimeMs">Batch time.</param>
/// <param name="Bytes">The journal entry.</param>
public sealed record OrderedBatch(ulong Position, ulong TimeMs, ReadOnlyMemory<byte> Bytes);
