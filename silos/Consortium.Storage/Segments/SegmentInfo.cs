namespace Consortium.Storage.Segments;

/// <summary>A segment as it was listed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its length in bytes.</param>
public readonly record struct SegmentInfo(string Name, long Length);
