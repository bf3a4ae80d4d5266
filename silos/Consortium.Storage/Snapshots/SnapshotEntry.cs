namespace Consortium.Storage.Snapshots;

/// <summary>A snapshot as the head lists it: begun, or whole with its parts.</summary>
/// <param name="Id">Names the records of its parts; no two snapshots have the same.</param>
/// <param name="Height">The block.</param>
/// <param name="IsWhole">Whether all its parts are kept; else its writer has begun, and may have been killed since.</param>
/// <param name="Parts">Its parts in order.</param>
internal sealed record SnapshotEntry(Guid Id, ulong Height, bool IsWhole, IReadOnlyList<SnapshotPart> Parts);
