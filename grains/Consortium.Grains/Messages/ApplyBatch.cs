namespace Consortium.Grains.Messages;

/// <summary>The changes of one batch to one shard.</summary>
/// <param name="Epoch">The shard's epoch.</param>
/// <param name="Previous">Position of the last batch that changed the shard.</param>
/// <param name="Position">Position of this batch.</param>
/// <param name="KeysAndValues">Keys and new values in turn.</param>
[GenerateSerializer]
[Alias("consortium.apply-batch")]
[Immutable]
public sealed record ApplyBatch(
    [property: Id(0)] ShardEpoch Epoch,
    [property: Id(1)] ulong Previous,
    [property: Id(2)] ulong Position,
    [property: Id(3)] Blobs KeysAndValues);
