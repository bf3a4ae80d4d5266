using Consortium.Ledger.Ids;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace Consortium.Grains.Placement;

/// <summary>Tells which silos belong to which member, from the metadata that silos publish.</summary>
/// <param name="metadata">The metadata that silos publish.</param>
/// <param name="membership">The silos of the cluster with their status.</param>
/// <param name="timeProvider">The only clock, which tests and the simulator replace.</param>
public sealed class MemberSilos(ISiloMetadataCache metadata, IClusterMembershipService membership, TimeProvider timeProvider)
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    // Ids are bech32m, which has no space.
    private const char Separator = ' ';

    /// <summary>Name of the metadata entry that holds the ids of the members that a silo stands for.</summary>
    public const string MetadataKey = "consortium.members";

    /// <summary>The silos that run.</summary>
    public IReadOnlyList<SiloAddress> Active =>
    [
        .. membership.CurrentSnapshot.Members.Values
            .Where(silo => silo.Status == SiloStatus.Active)
            .Select(silo => silo.SiloAddress)
            .Order(),
    ];

    /// <summary>Writes members as the metadata entry holds them.</summary>
    /// <param name="members">The members.</param>
    /// <returns>Their ids.</returns>
    public static string ToText(IEnumerable<MemberId> members) => string.Join(Separator, members);

    /// <summary>Whether a silo stands for a member.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="member">The member's id as text.</param>
    /// <returns><see langword="false"/> also while the silo's metadata has not arrived yet.</returns>
    public bool IsOf(SiloAddress silo, string member) => metadata.GetSiloMetadata(silo).Metadata.GetValueOrDefault(MetadataKey) is { } members
        && members.Split(Separator).Contains(member, StringComparer.Ordinal);

    /// <summary>Whether a member has a silo that runs.</summary>
    /// <param name="member">The member's id as text.</param>
    /// <returns>Whether one runs.</returns>
    public bool HasSilo(string member) => Active.Any(silo => IsOf(silo, member));

    /// <summary>Waits until shards should run on other silos than now, and the set of running silos has been stable for two seconds.</summary>
    /// <param name="assignment">The silo of each shard, by shard number.</param>
    /// <param name="shards">The number of shards.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when shards should move.</returns>
    public async Task WaitForOtherAsync(IReadOnlyList<SiloAddress> assignment, int shards, CancellationToken cancellationToken)
    {
        await foreach (var _ in membership.MembershipUpdates.WithCancellation(cancellationToken))
        {
            if (Active.All(assignment.Contains))
            {
                continue;
            }

            // Several often come together; shards should move once for all of them.
            var before = Active;
            await Task.Delay(Settle, timeProvider, cancellationToken);
            if (before.SequenceEqual(Active) && !ShardAssignment.Of(before, shards).SequenceEqual(assignment))
            {
                return;
            }
        }
    }
}
