namespace Consortium.Storage.Segments;

/// <summary>The content of the record that closes a segment.</summary>
/// <param name="Offset">Offset of the closing in the segment, in bytes.</param>
/// <param name="NextPosition">The position that the next segment begins with.</param>
/// <param name="ValidLength">Up to where the segment has whole records, in bytes.</param>
/// <param name="Checkpoints">Positions and offsets of some records.</param>
internal sealed record Closing(long Offset, ulong NextPosition, long ValidLength, IReadOnlyList<Checkpoint> Checkpoints);
