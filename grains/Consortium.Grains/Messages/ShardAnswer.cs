namespace Consortium.Grains.Messages;

/// <summary>A shard's answer to a read.</summary>
/// <param name="Activation">The activation that the shard belongs to: a reader that knows of a later one discards the answer.</param>
/// <param name="Position">Journal position of the last batch that wrote to the shard; for a proof, its block.</param>
/// <param name="Blobs">Values; for holdings, keys and values in turn; for a proof, value and proof.</param>
[GenerateSerializer]
[Alias("consortium.shard-answer")]
[Immutable]
public sealed record ShardAnswer(
    [property: Id(0)] ulong Activation,
    [property: Id(1)] ulong Position,
    [property: Id(2)] Blobs Blobs);
