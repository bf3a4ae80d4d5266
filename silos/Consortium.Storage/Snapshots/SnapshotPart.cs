using Consortium.Ledger;

namespace Consortium.Storage.Snapshots;

/// <summary>What the head says of one part of a snapshot.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Digest">SHA-256 of its bytes.</param>
internal readonly record struct SnapshotPart(int Length, Digest Digest);
