using Consortium.Ledger.Ids;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace Consortium.Grains.Placement;

/// <summary>Whose silo is which, by silo metadata.</summary>
/// <param name="metadata">What silos say of themselves.</param>
/// <param name="membership">Which silos there are.</param>
/// <param name="timeProvider">The only clock.</param>
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
    /// <returns><see langword="false"/> also while it is not known.</returns>
    public bool IsOf(SiloAddress silo, string member) => metadata.GetSiloMetadata(silo).Metadata.GetValueOrDefault(MetadataKey) is { } members
        && members.Split(Separator).Contains(member, StringComparer.Ordinal);

    /// <summary>Whether a member has a silo that runs.</summary>
    /// <param name="member">The member's id as text.</param>
    /// <returns>Whether one runs.</returns>
    public bool HasSilo(string member) => Active.Any(silo => IsOf(silo, member));

    /// <summary>Waits until shards should be elsewhere, and the silos that run have been the same for a while.</summary>
    /// <param name="assignment">Where the shards are.</param>
    /// <param name="shards">How many there are.</param>
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
