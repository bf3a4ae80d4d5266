namespace Consortium.Storage.Snapshots;

/// <summary>What the head says of one snapshot.</summary>
/// <param name="Id">Names the records of its parts; no two snapshots have the same.</param>
/// <param name="Height">The block.</param>
/// <param name="IsWhole">Whether all its parts are kept; else its writer has begun, and may have been killed since.</param>
/// <param name="Parts">Its parts in order.</param>
internal sealed record SnapshotEntry(Guid Id, ulong Height, bool IsWhole, IReadOnlyList<SnapshotPart> Parts);
