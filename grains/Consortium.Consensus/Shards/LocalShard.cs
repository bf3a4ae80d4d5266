using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Consensus.Shards;

/// <summary>A shard in the caller's process, called directly. Hashing, restoring and exporting run on a scheduler of tasks.</summary>
/// <param name="shard">The role.</param>
/// <param name="scheduler">Where hashing, restoring and exporting run, each slice by itself; cuts of one shard must run in the order they were queued.</param>
public sealed class LocalShard(StateShard shard, TaskScheduler scheduler) : IStateShard
{
    private Task _lastCut = Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask RestoreAsync(Epoch epoch, int slice, ReadOnlyMemory<byte> exported, CancellationToken cancellationToken) =>
        new(Task.Factory.StartNew(
            () => shard.Restore(epoch, slice, exported),
            cancellationToken,
            TaskCreationOptions.None,
            scheduler));

    /// <inheritdoc/>
    public ValueTask<Digest?> EndRestoreAsync(Epoch epoch, ulong height, ulong position, CancellationToken cancellationToken) =>
        ValueTask.FromResult(shard.EndRestore(epoch, height, position));

    /// <inheritdoc/>
    public ValueTask OpenAsync(Epoch epoch, CancellationToken cancellationToken)
    {
        shard.Open(epoch);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<byte[]?>> GatherAsync(
        Epoch epoch,
        IReadOnlyList<StateKey> keys,
        CancellationToken cancellationToken) => ValueTask.FromResult(shard.Gather(epoch, keys));

    /// <inheritdoc/>
    public ValueTask ApplyAsync(Epoch epoch, ShardWrites writes, CancellationToken cancellationToken)
    {
        shard.Apply(epoch, writes);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<Digest> CutAsync(
        Epoch epoch,
        ulong height,
        ulong position,
        bool takesSnapshot,
        CancellationToken cancellationToken)
    {
        var changed = shard.BeginCut(epoch, height, position);
        var cut = _lastCut.ContinueWith(
            _ => shard.FinishCut(epoch, height, changed, takesSnapshot),
            CancellationToken.None,
            TaskContinuationOptions.None,
            scheduler);
        _lastCut = cut;
        return new ValueTask<Digest>(cut);
    }

    /// <inheritdoc/>
    public ValueTask<byte[]?> ExportAsync(Epoch epoch, ulong height, int slice, CancellationToken cancellationToken) =>
        new(Task.Factory.StartNew(
            () => shard.Export(epoch, height, slice),
            cancellationToken,
            TaskCreationOptions.None,
            scheduler));

    /// <inheritdoc/>
    public ValueTask<ShardRead> ReadAsync(IReadOnlyList<StateKey> keys, CancellationToken cancellationToken) =>
        ValueTask.FromResult(shard.Read(keys));

    /// <inheritdoc/>
    public ValueTask<ShardHoldings> HoldingsAsync(AccountId account, CancellationToken cancellationToken) =>
        ValueTask.FromResult(shard.Holdings(account));

    /// <inheritdoc/>
    public ValueTask<ShardProof> ProveAsync(StateKey key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(shard.Prove(key));
}
