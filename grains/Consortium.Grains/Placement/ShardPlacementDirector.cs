using Consortium.Ledger.State;
using Orleans.Runtime.Placement;

namespace Consortium.Grains.Placement;

/// <summary>Puts a shard where <see cref="ShardAssignment"/> says, unless the caller names a silo.</summary>
internal sealed class ShardPlacementDirector(ClusterNetwork network) : IPlacementDirector
{
    private const string Suffix = "-shard";

    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        var hint = IPlacementDirector.GetPlacementHint(target.RequestContextData, silos);
        return Task.FromResult(hint ?? ShardAssignment.Of(silos, network.Genesis.Shards)[NumberOf(target.GrainIdentity)]);
    }

    private int NumberOf(GrainId grain)
    {
        var type = grain.Type.ToString() ?? string.Empty;
        var name = type["consortium.".Length..^Suffix.Length];
        var place = new ShardPlace(Enum.Parse<ShardClass>(name, ignoreCase: true), (int)grain.GetIntegerKey());
        return place.Number(network.Genesis.ShardCount);
    }
}
