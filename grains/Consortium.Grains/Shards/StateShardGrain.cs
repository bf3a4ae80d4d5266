using Consortium.Consensus.Ports;
using Consortium.Consensus.Shards;
using Consortium.Grains.Messages;
using Consortium.Grains.Placement;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;
using Orleans.Concurrency;
using Orleans.Runtime.Placement;

namespace Consortium.Grains.Shards;

/// <summary>The shell of a state shard: decodes, asks the role, replies.</summary>
/// <remarks>
/// Reentrant, so that hashing a cut does not hold up the next batches. An activation begins empty and belongs to no epoch: it refuses all
/// until consensus restores it.
/// </remarks>
[Reentrant]
[KeepAlive]
[Orleans.Placement.Immovable]
[ShardPlacement]
public abstract class StateShardGrain : Grain, IStateShardGrain
{
    private readonly StateShard _role;
    private readonly LocalShard _shard;
    private readonly SiloAddress _silo;
    private readonly LocalShards _shards;
    private readonly int _number;

    private protected StateShardGrain(ShardClass shardClass, IGrainContext context, ClusterNetwork network, ILocalSiloDetails silo, LocalShards shards)
    {
        var place = new ShardPlace(shardClass, (int)context.GrainId.GetIntegerKey());
        _number = place.Number(network.Genesis.ShardCount);
        _role = new StateShard(_number, network.Genesis.ShardCount);
        _shards = shards;
        _shard = new LocalShard(_role, TaskScheduler.Default);
        _silo = silo.SiloAddress;
    }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _shards.Add(_number, _role);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _shards.Remove(_number, _role);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> MoveAsync(SiloAddress silo)
    {
        if (silo.Equals(_silo))
        {
            return Task.FromResult(true);
        }

        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        this.MigrateOnIdle();
        return Task.FromResult(false);
    }

    /// <inheritdoc/>
    public Task RestoreAsync(RestoreSlice request) =>
        _shard.RestoreAsync(request.Epoch.ToEpoch(), request.Slice, request.Exported, CancellationToken.None).AsTask();

    /// <inheritdoc/>
    public async Task<byte[]?> EndRestoreAsync(ShardEpoch epoch, ulong height, ulong position) =>
        (await _shard.EndRestoreAsync(epoch.ToEpoch(), height, position, CancellationToken.None))?.ToArray();

    /// <inheritdoc/>
    public Task OpenAsync(ShardEpoch epoch) => _shard.OpenAsync(epoch.ToEpoch(), CancellationToken.None).AsTask();

    /// <inheritdoc/>
    public async Task<Blobs> GatherAsync(ShardEpoch epoch, Blobs keys) =>
        ShardBytes.Values(await _shard.GatherAsync(epoch.ToEpoch(), ShardBytes.Keys(keys), CancellationToken.None));

    /// <inheritdoc/>
    public Task ApplyAsync(ApplyBatch request)
    {
        var writes = new ShardWrites(request.Previous, request.Position, ShardBytes.Pairs(request.KeysAndValues));
        return _shard.ApplyAsync(request.Epoch.ToEpoch(), writes, CancellationToken.None).AsTask();
    }

    /// <inheritdoc/>
    public async Task<byte[]> CutAsync(ShardEpoch epoch, ulong height, ulong position, bool takesSnapshot) =>
        (await _shard.CutAsync(epoch.ToEpoch(), height, position, takesSnapshot, CancellationToken.None)).ToArray();

    /// <inheritdoc/>
    public Task<byte[]?> ExportAsync(ShardEpoch epoch, ulong height, int slice) =>
        _shard.ExportAsync(epoch.ToEpoch(), height, slice, CancellationToken.None).AsTask();

    /// <inheritdoc/>
    public async Task<ShardAnswer> ReadAsync(Blobs keys)
    {
        // Read before the values: a shard that is given to a later activation meanwhile is named too old, never too new.
        var activation = _role.Epoch.Activation;
        var read = await _shard.ReadAsync(ShardBytes.Keys(keys), CancellationToken.None);
        return new ShardAnswer(activation, read.Position, ShardBytes.Values(read.Values));
    }

    /// <inheritdoc/>
    public async Task<ShardAnswer> HoldingsAsync(byte[] account)
    {
        var activation = _role.Epoch.Activation;
        var holdings = await _shard.HoldingsAsync(new AccountId(Digest.FromBytes(account)), CancellationToken.None);
        return new ShardAnswer(activation, holdings.Position, ShardBytes.Pairs(holdings.Values));
    }

    /// <inheritdoc/>
    public async Task<ShardAnswer> ProveAsync(byte[] key)
    {
        var activation = _role.Epoch.Activation;
        var proof = await _shard.ProveAsync(ShardBytes.Key(key), CancellationToken.None);
        return new ShardAnswer(activation, proof.Height, ShardBytes.Values([proof.Value, proof.Proof.Encode()]));
    }
}
