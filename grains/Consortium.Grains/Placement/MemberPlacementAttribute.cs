using Orleans.Placement;

namespace Consortium.Grains.Placement;

/// <summary>Keeps a member's grains on the member's own silos.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class MemberPlacementAttribute() : PlacementAttribute(new MemberPlacementStrategy());
