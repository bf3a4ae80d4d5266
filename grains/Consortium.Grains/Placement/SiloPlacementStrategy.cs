namespace Consortium.Grains.Placement;

/// <summary>Names <see cref="SiloPlacementDirector"/>.</summary>
internal sealed class SiloPlacementStrategy : PlacementStrategy;
