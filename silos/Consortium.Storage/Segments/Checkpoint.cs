namespace Consortium.Storage.Segments;

/// <summary>The offset of a record in its segment, at which reading can begin.</summary>
/// <param name="Position">The record.</param>
/// <param name="Offset">Bytes from the segment's beginning.</param>
internal readonly record struct Checkpoint(ulong Position, long Offset);
