namespace Consortium.Storage.Segments;

/// <summary>What the end of a closed segment says.</summary>
/// <param name="Offset">Where the closing stands.</param>
/// <param name="NextPosition">The position that the next segment begins with.</param>
/// <param name="ValidLength">Up to where the segment has whole records, in bytes.</param>
/// <param name="Checkpoints">Where records begin.</param>
internal sealed record Closing(long Offset, ulong NextPosition, long ValidLength, IReadOnlyList<Checkpoint> Checkpoints);
