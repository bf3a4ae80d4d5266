namespace Consortium.Storage.Segments;

/// <summary>Where a record begins in its segment.</summary>
/// <param name="Position">The record.</param>
/// <param name="Offset">Bytes from the segment's beginning.</param>
internal readonly record struct Checkpoint(ulong Position, long Offset);
