namespace Consortium.Storage.Segments;

/// <summary>Name and length of a segment at the time of a listing; it may have grown since.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its length in bytes.</param>
public readonly record struct SegmentInfo(string Name, long Length);
