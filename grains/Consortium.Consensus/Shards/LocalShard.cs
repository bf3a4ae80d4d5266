using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Consensus.Shards;

/// <summary>A shard in the caller's process: direct calls, with hashing handed to whatever the engine runs work on.</summary>
/// <param name="shard">The role.</param>
/// <param name="scheduler">Where hashing and exporting run; cuts of one shard must run in the order they were queued.</param>
public sealed class LocalShard(StateShard shard, TaskScheduler scheduler) : IStateShard
{
    private Task _lastCut = Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<byte[]?>> ReadAsync(IReadOnlyList<StateKey> keys, CancellationToken cancellationToken) =>
        ValueTask.FromResult(shard.Read(keys));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<KeyValuePair<StateKey, byte[]>>> HoldingsAsync(AccountId account, CancellationToken cancellationToken) =>
        ValueTask.FromResult(shard.Holdings(account));

    /// <inheritdoc/>
    public ValueTask ApplyAsync(ShardWrites writes, CancellationToken cancellationToken)
    {
        shard.Apply(writes);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<Digest> CutAsync(ulong height, CancellationToken cancellationToken)
    {
        var dirty = shard.BeginCut();
        var cut = _lastCut.ContinueWith(
            _ => shard.FinishCut(height, dirty),
            CancellationToken.None,
            TaskContinuationOptions.None,
            scheduler);
        _lastCut = cut;
        return new ValueTask<Digest>(cut);
    }

    /// <inheritdoc/>
    public ValueTask<ShardProof> ProveAsync(StateKey key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(shard.Prove(key));

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ExportAsync(CancellationToken cancellationToken)
    {
        var entries = shard.BeginExport();
        return new ValueTask<ReadOnlyMemory<byte>>(Task.Factory.StartNew(
            () => StateShard.Export(entries),
            cancellationToken,
            TaskCreationOptions.None,
            scheduler));
    }

    /// <inheritdoc/>
    public ValueTask<Digest?> RestoreAsync(
        ReadOnlyMemory<byte> exported,
        ulong height,
        ulong position,
        CancellationToken cancellationToken) => new(Task.Factory.StartNew(
            () => shard.Restore(exported, height, position),
            cancellationToken,
            TaskCreationOptions.None,
            scheduler));
}
