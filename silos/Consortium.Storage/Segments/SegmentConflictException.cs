namespace Consortium.Storage.Segments;

/// <summary>The segment does not end where the caller thought: another append came first. Nothing was appended.</summary>
/// <param name="name">The segment.</param>
/// <param name="offset">Offset at which the caller expected the segment to end, in bytes.</param>
/// <param name="innerException">The medium's own error, if there is one.</param>
public sealed class SegmentConflictException(string name, long offset, Exception? innerException = null)
    : Exception($"Segment '{name}' does not end at byte {offset}: another append came first. Look at the segment before appending again.", innerException)
{
    /// <summary>The segment.</summary>
    public string Name { get; } = name;

    /// <summary>Offset at which the caller expected the segment to end, in bytes.</summary>
    public long Offset { get; } = offset;
}
