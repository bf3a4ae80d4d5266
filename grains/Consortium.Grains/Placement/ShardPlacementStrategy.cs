namespace Consortium.Grains.Placement;

/// <summary>Names <see cref="ShardPlacementDirector"/>.</summary>
[GenerateSerializer]
[Alias("consortium.shard-placement")]
[Immutable]
internal sealed class ShardPlacementStrategy : PlacementStrategy;
