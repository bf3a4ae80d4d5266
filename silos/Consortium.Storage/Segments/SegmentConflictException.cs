namespace Consortium.Storage.Segments;

/// <summary>The segment does not end where the caller thought: another append came first. Nothing was appended.</summary>
/// <param name="name">The segment.</param>
/// <param name="offset">Where the caller thought that it ends, in bytes.</param>
/// <param name="innerException">What the medium said, if it said anything.</param>
public sealed class SegmentConflictException(string name, long offset, Exception? innerException = null)
    : Exception($"Segment '{name}' does not end at byte {offset}: another append came first. Look at the segment before appending again.", innerException)
{
    /// <summary>The segment.</summary>
    public string Name { get; } = name;

    /// <summary>Where the caller thought that it ends, in bytes.</summary>
    public long Offset { get; } = offset;
}
