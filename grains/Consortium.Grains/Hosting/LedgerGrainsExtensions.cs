using Consortium.Consensus.Ports;
using Consortium.Grains.Consensus;
using Consortium.Grains.Placement;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Serialization;

namespace Consortium.Grains.Hosting;

/// <summary>Registers the ledger's grains with silos, and references to them with clients.</summary>
public static class LedgerGrainsExtensions
{
    // What a shard holds travels in parts when ordering begins anew; a damaged peer cannot make a silo set aside more than this.
    private const int MessageBytesMax = 64 << 20;

    private static readonly TimeSpan ConnectAgain = TimeSpan.FromSeconds(1);

    /// <summary>Adds the grains; the silo must add <see cref="ClusterNetwork"/>, <see cref="ConsensusPorts"/>, <see cref="ConsensusPresence"/>, <see cref="Shards.LocalShards"/>, <see cref="Mining.LocalMiners"/> and <see cref="Diagnostics.ISiloReporter"/>.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="members">The members that the silo acts for.</param>
    /// <returns>The silo.</returns>
    public static ISiloBuilder AddLedgerGrains(this ISiloBuilder silo, IReadOnlyList<MemberId> members)
    {
        silo.UseSiloMetadata(new Dictionary<string, string>(StringComparer.Ordinal) { [MemberSilos.MetadataKey] = MemberSilos.ToText(members) });
        silo.AddActivityPropagation();

        // When a silo joins, the default directory forgets for a short time where the sequencer and the shards are, so a second
        // sequencer begins beside the first. The journal fences that, but each time ordering begins anew.
#pragma warning disable ORLEANSEXP003 // It is marked as new, since it may yet change its interface; only this line uses it.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003

        // A grain of a dead silo may start elsewhere at once, because the journal refuses late appends of the dead one.
        silo.Configure<GrainDirectoryOptions>(directory => directory.RangeLeaseDuration = TimeSpan.Zero);
        silo.AddPlacementDirector<ShardPlacementStrategy, ShardPlacementDirector>();
        silo.AddPlacementDirector<MemberPlacementStrategy, MemberPlacementDirector>();
        silo.AddPlacementDirector<SiloPlacementStrategy, SiloPlacementDirector>();
        silo.Services.AddSingleton<MemberSilos>();
        silo.Configure<ExceptionSerializationOptions>(ConfigureExceptions);
        silo.Configure<SiloMessagingOptions>(messaging => messaging.MaxMessageBodySize = MessageBytesMax);

        // A silo that died is found out within about four seconds; one that is only busy has three chances to answer. The runtime
        // adapts how long a probe may take, so that both ends are given: with its own upper one a silo that hangs is kept for 13 seconds.
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.MinProbeTimeout = TimeSpan.FromSeconds(1);
            membership.ProbeTimeout = TimeSpan.FromSeconds(1);
            membership.MaxProbeTimeout = TimeSpan.FromSeconds(1.5);
            membership.NumMissedProbesLimit = 3;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        });
        return silo;
    }

    /// <summary>Prepares a client for the grains.</summary>
    /// <param name="client">The client.</param>
    /// <returns>The client.</returns>
    public static IClientBuilder AddLedgerClient(this IClientBuilder client)
    {
        client.AddActivityPropagation();

        // A gateway may be started before the first silo, or while all are restarted: it waits for one.
        client.UseConnectionRetryFilter(async (_, cancellationToken) =>
        {
            await Task.Delay(ConnectAgain, cancellationToken);
            return true;
        });
        client.Configure<ExceptionSerializationOptions>(ConfigureExceptions);
        client.Configure<ClientMessagingOptions>(messaging => messaging.MaxMessageBodySize = MessageBytesMax);
        client.Configure<GatewayOptions>(gateway => gateway.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
        return client;
    }

    // Exceptions of the roles keep their types on the way: callers must tell a shard that moved from one that cannot be reached.
    internal static void ConfigureExceptions(ExceptionSerializationOptions exceptions) => exceptions.SupportedExceptionTypeFilter = type =>
        type == typeof(ShardMovedException) || type == typeof(StorageException) || type == typeof(InvariantBrokenException);
}
