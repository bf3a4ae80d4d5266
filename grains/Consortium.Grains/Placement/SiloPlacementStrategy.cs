namespace Consortium.Grains.Placement;

/// <summary>Names <see cref="SiloPlacementDirector"/>.</summary>
[GenerateSerializer]
[Alias("consortium.silo-placement")]
[Immutable]
internal sealed class SiloPlacementStrategy : PlacementStrategy;
