using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Simulation.Defects;

/// <summary>Passes calls to a shard; defects override some of them.</summary>
internal abstract class ShardDecorator(IStateShard shard) : IStateShard
{
    public virtual ValueTask RestoreAsync(Epoch epoch, int slice, ReadOnlyMemory<byte> exported, CancellationToken cancellationToken) =>
        shard.RestoreAsync(epoch, slice, exported, cancellationToken);

    public virtual ValueTask<Digest?> EndRestoreAsync(Epoch epoch, ulong height, ulong position, CancellationToken cancellationToken) =>
        shard.EndRestoreAsync(epoch, height, position, cancellationToken);

    public virtual ValueTask OpenAsync(Epoch epoch, CancellationToken cancellationToken) => shard.OpenAsync(epoch, cancellationToken);

    public virtual ValueTask<IReadOnlyList<byte[]?>> GatherAsync(
        Epoch epoch,
        IReadOnlyList<StateKey> keys,
        CancellationToken cancellationToken) => shard.GatherAsync(epoch, keys, cancellationToken);

    public virtual ValueTask ApplyAsync(Epoch epoch, ShardWrites writes, CancellationToken cancellationToken) =>
        shard.ApplyAsync(epoch, writes, cancellationToken);

    public virtual ValueTask<Digest> CutAsync(
        Epoch epoch,
        ulong height,
        ulong position,
        bool takesSnapshot,
        CancellationToken cancellationToken) => shard.CutAsync(epoch, height, position, takesSnapshot, cancellationToken);

    public virtual ValueTask<byte[]?> ExportAsync(Epoch epoch, ulong height, int slice, CancellationToken cancellationToken) =>
        shard.ExportAsync(epoch, height, slice, cancellationToken);

    public virtual ValueTask<ShardRead> ReadAsync(IReadOnlyList<StateKey> keys, CancellationToken cancellationToken) =>
        shard.ReadAsync(keys, cancellationToken);

    public virtual ValueTask<ShardHoldings> HoldingsAsync(AccountId account, CancellationToken cancellationToken) =>
        shard.HoldingsAsync(account, cancellationToken);

    public virtual ValueTask<ShardProof> ProveAsync(StateKey key, CancellationToken cancellationToken) =>
        shard.ProveAsync(key, cancellationToken);
}
