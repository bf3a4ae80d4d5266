namespace Consortium.Grains.Placement;

/// <summary>Names <see cref="ShardPlacementDirector"/>.</summary>
internal sealed class ShardPlacementStrategy : PlacementStrategy;
