using Orleans.Runtime.Placement;

namespace Consortium.Grains.Placement;

/// <summary>Puts a grain whose key is a silo's address on that silo, and nowhere else.</summary>
internal sealed class SiloPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silo = SiloAddress.FromParsableString(target.GrainIdentity.Key.ToString() ?? string.Empty);
        return context.GetCompatibleSilos(target).Contains(silo)
            ? Task.FromResult(silo)
            : throw new SiloUnavailableException($"Silo {silo} is not running, so it cannot say how it is.");
    }
}
