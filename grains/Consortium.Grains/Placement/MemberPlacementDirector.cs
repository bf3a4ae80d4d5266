using Orleans.Runtime.Placement;

namespace Consortium.Grains.Placement;

/// <summary>Puts a grain whose key is a member's id on one of the silos that say in their metadata that they are the member's.</summary>
internal sealed class MemberPlacementDirector(MemberSilos members) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var member = target.GrainIdentity.Key.ToString() ?? string.Empty;
        var silos = context.GetCompatibleSilos(target).Where(silo => members.IsOf(silo, member)).Order().ToArray();
        return silos.Length > 0
            ? Task.FromResult(silos[0])
            : throw new SiloUnavailableException($"No silo of member {member} is running, so what must run there cannot. Start one.");
    }
}
