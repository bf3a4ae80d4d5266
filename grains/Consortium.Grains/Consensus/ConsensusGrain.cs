using Consortium.Grains.Messages;
using Consortium.Grains.Placement;
using Consortium.Grains.Shards;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Microsoft.Extensions.Logging;

namespace Consortium.Grains.Consensus;

/// <summary>The shell of the consensus role.</summary>
/// <param name="network">The network.</param>
/// <param name="ports">Storage and limits of the sequencer.</param>
/// <param name="presence">Whether this silo orders.</param>
/// <param name="shards">The shards that run on this silo.</param>
/// <param name="silos">The silos that run.</param>
/// <param name="timeProvider">The only clock, which tests and the simulator replace.</param>
/// <param name="loggers">Makes the logs of the parts.</param>
[Orleans.Concurrency.Reentrant]
[KeepAlive]
[Orleans.Placement.Immovable]
[Orleans.Placement.RandomPlacement]
[GrainType("consortium.consensus")]
public sealed class ConsensusGrain(
    ClusterNetwork network,
    ConsensusPorts ports,
    ConsensusPresence presence,
    LocalShards shards,
    MemberSilos silos,
    TimeProvider timeProvider,
    ILoggerFactory loggers) : Grain, IConsensusGrain, IAsyncDisposable
{
    private ConsensusHost? _host;

    private ConsensusHost Host => _host ?? throw new InvalidOperationException("The activation has not begun.");

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _host = new ConsensusHost(network, ports, presence, shards, GrainFactory, silos, timeProvider, loggers);
        _host.Start();
        _ = DeactivateWhenFencedAsync(_host);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => DisposeAsync().AsTask();

    /// <summary>Stops ordering; the directory lets the next activation begin after it.</summary>
    /// <returns>A task that completes when nothing is written any more.</returns>
    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    public Task<OrderReply> SubmitAsync(OrderRequest request) => Task.Run(() => Host.SubmitAsync(request));

    /// <inheritdoc/>
    public Task<FollowReply> FollowAsync(FollowRequest request) => Host.FollowAsync(request);

    /// <inheritdoc/>
    public Task<FoundTransaction> FindAsync(byte[] id) => Task.FromResult(Host.Find(new TransactionId(Digest.FromBytes(id))));

    /// <inheritdoc/>
    public Task<Blobs> ShardRootsAsync(ulong height) => Task.FromResult(Host.ShardRoots(height));

    private async Task DeactivateWhenFencedAsync(ConsensusHost host)
    {
        await host.Fenced;
        DeactivateOnIdle();
    }
}
