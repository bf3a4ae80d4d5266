namespace Consortium.Consensus.Ports;

/// <summary>One entry of the journal.</summary>
/// <param name="Position">0 for genesis, then without gaps.</param>
/// <param name="Kind">Batch, seal, activation or genesis.</param>
/// <param name="Bytes">Canonical bytes.</param>
public readonly record struct JournalEntry(ulong Position, JournalEntryKind Kind, ReadOnlyMemory<byte> Bytes);
