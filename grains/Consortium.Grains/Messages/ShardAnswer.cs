namespace Consortium.Grains.Messages;

/// <summary>What a shard answers a reader.</summary>
/// <param name="Activation">The activation that the shard belongs to: a reader who knows a later one does not believe it.</param>
/// <param name="Position">Journal position of the last batch that wrote to the shard; for a proof, its block.</param>
/// <param name="Blobs">Values; for holdings, keys and values in turn; for a proof, value and proof.</param>
[GenerateSerializer]
[Alias("consortium.shard-answer")]
[Immutable]
public sealed record ShardAnswer(
    [property: Id(0)] ulong Activation,
    [property: Id(1)] ulong Position,
    [property: Id(2)] Blobs Blobs);
