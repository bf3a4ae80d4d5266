namespace Consortium.Grains.Placement;

/// <summary>Assigns shards to silos: evenly, and so that few shards move when a silo joins or leaves.</summary>
/// <remarks>
/// Rendezvous hashing (Thaler and Ravishankar 1998) with a bound on each silo's load. It depends only on the set of silos, so all who
/// see the same silos agree without talking.
/// </remarks>
public static class ShardAssignment
{
    /// <summary>Assigns shards.</summary>
    /// <param name="silos">The silos, in any order; at least one.</param>
    /// <param name="shards">The number of shards.</param>
    /// <returns>For each shard its silo; no silo has more than one shard more than another's fair share.</returns>
    public static IReadOnlyList<SiloAddress> Of(IReadOnlyCollection<SiloAddress> silos, int shards)
    {
        var most = (shards + silos.Count - 1) / silos.Count;
        var loads = silos.ToDictionary(silo => silo, _ => 0);
        var assigned = new SiloAddress[shards];
        for (var shard = 0; shard < shards; shard++)
        {
            var silo = silos.Where(candidate => loads[candidate] < most).MaxBy(candidate => (Weight(candidate, shard), candidate.ToString()))!;
            loads[silo]++;
            assigned[shard] = silo;
        }

        return assigned;
    }

    // The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
    private static ulong Weight(SiloAddress silo, int shard)
    {
        unchecked
        {
            var mixed = ((ulong)(uint)silo.GetConsistentHashCode() << 32) | (uint)shard;
            mixed += 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
