namespace Consortium.Gateway.Node.Diagnostics;

/// <summary>Whether a shard answers readers.</summary>
/// <param name="Number">The shard's number among the shards of all classes.</param>
/// <param name="Position">Journal position of the last batch that wrote to it; <see langword="null"/> when it did not answer.</param>
/// <param name="Elapsed">How long the answer took, or was waited for.</param>
/// <param name="Fault">Why there is no answer.</param>
public sealed record ShardDiagnosis(int Number, ulong? Position, TimeSpan Elapsed, string? Fault);
