namespace Consortium.Grains.Placement;

/// <summary>Names <see cref="MemberPlacementDirector"/>.</summary>
[GenerateSerializer]
[Alias("consortium.member-placement")]
[Immutable]
internal sealed class MemberPlacementStrategy : PlacementStrategy;
