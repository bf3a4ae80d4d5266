using Consortium.Ledger;

namespace Consortium.Storage.Snapshots;

/// <summary>Length and digest of one part of a snapshot, against which the part is checked when it is read.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Digest">SHA-256 of its bytes.</param>
internal readonly record struct SnapshotPart(int Length, Digest Digest);
