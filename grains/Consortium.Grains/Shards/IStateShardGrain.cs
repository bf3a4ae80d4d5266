using Consortium.Grains.Messages;
using Orleans.CodeGeneration;

namespace Consortium.Grains.Shards;

/// <summary>A state shard, wherever it runs; <see cref="Consortium.Consensus.Ports.IStateShard"/> says what each call does.</summary>
/// <remarks>
/// The key is the shard's number. Every call may be made again and may come late or twice; nothing relies on there being only one
/// activation: epochs and positions tell.
/// </remarks>
[Alias("consortium.state-shard")]
[Version(1)]
public interface IStateShardGrain : IGrainWithIntegerKey
{
    /// <summary>Moves the shard to a silo, without its state, if it is not there.</summary>
    /// <param name="silo">The silo.</param>
    /// <returns>Whether the shard is there; otherwise it is about to move, and a later call finds it there.</returns>
    [Alias("move")]
    [ResponseTimeout("00:00:05")]
    Task<bool> MoveAsync(SiloAddress silo);

    /// <inheritdoc cref="Consortium.Consensus.Ports.IStateShard.RestoreAsync"/>
    [Alias("restore")]
    [ResponseTimeout("00:00:10")]
    Task RestoreAsync(RestoreSlice request);

    /// <inheritdoc cref="Consortium.Consensus.Ports.IStateShard.EndRestoreAsync"/>
    [Alias("end-restore")]
    [ResponseTimeout("00:00:10")]
    Task<byte[]?> EndRestoreAsync(ShardEpoch epoch, ulong height, ulong position);

    /// <inheritdoc cref="Consortium.Consensus.Ports.IStateShard.OpenAsync"/>
    [Alias("open")]
    [ResponseTimeout("00:00:05")]
    Task OpenAsync(ShardEpoch epoch);

    /// <inheritdoc cref="Consortium.Consensus.Ports.IStateShard.GatherAsync"/>
    [Alias("gather")]
    [ResponseTimeout("00:00:05")]
    Task<Blobs> GatherAsync(ShardEpoch epoch, Blobs keys);

    /// <inheritdoc cref="Consortium.Consensus.Ports.IStateShard.ApplyAsync"/>
    [Alias("apply")]
    [ResponseTimeout("00:00:05")]
    Task ApplyAsync(ApplyBatch request);

    /// <inheritdoc cref="Consortium.Consensus.Ports.IStateShard.CutAsync"/>
    [Alias("cut")]
    [ResponseTimeout("00:00:10")]
    Task<byte[]> CutAsync(ShardEpoch epoch, ulong height, ulong position, bool takesSnapshot);

    /// <inheritdoc cref="Consortium.Consensus.Ports.IStateShard.ExportAsync"/>
    [Alias("export")]
    [ResponseTimeout("00:00:10")]
    Task<byte[]?> ExportAsync(ShardEpoch epoch, ulong height, int slice);

    /// <inheritdoc cref="Consortium.Consensus.Ports.IStateShard.ReadAsync"/>
    [Alias("read")]
    [ResponseTimeout("00:00:05")]
    Task<ShardAnswer> ReadAsync(Blobs keys);

    /// <inheritdoc cref="Consortium.Consensus.Ports.IStateShard.HoldingsAsync"/>
    [Alias("holdings")]
    [ResponseTimeout("00:00:05")]
    Task<ShardAnswer> HoldingsAsync(byte[] account);

    /// <inheritdoc cref="Consortium.Consensus.Ports.IStateShard.ProveAsync"/>
    [Alias("prove")]
    [ResponseTimeout("00:00:05")]
    Task<ShardAnswer> ProveAsync(byte[] key);
}
