namespace Consortium.Grains.Placement;

/// <summary>Names <see cref="MemberPlacementDirector"/>.</summary>
internal sealed class MemberPlacementStrategy : PlacementStrategy;
