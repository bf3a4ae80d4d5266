using Orleans.Placement;

namespace Consortium.Grains.Placement;

/// <summary>Spreads shards evenly over the silos.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ShardPlacementAttribute() : PlacementAttribute(new ShardPlacementStrategy());
