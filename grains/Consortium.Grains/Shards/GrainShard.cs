using Consortium.Consensus.Ports;
using Consortium.Grains.Messages;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Grains.Shards;

/// <summary>A shard, wherever it runs, as the roles see it.</summary>
/// <remarks>
/// An answer that does not come in time, or a silo that is gone, is a <see cref="StorageException"/>: the caller asks again or refuses.
/// Two activations of one shard may exist for a while when the network is divided. A reader therefore believes only a shard that belongs
/// to the latest activation of consensus that the reader knows of, and asks again until one answers.
/// </remarks>
/// <param name="grain">The grain.</param>
/// <param name="number">The shard's number, for messages.</param>
/// <param name="latestActivation">The latest activation of consensus that is known here.</param>
/// <param name="timeProvider">Paces asking again.</param>
public sealed class GrainShard(IStateShardGrain grain, int number, Func<ulong> latestActivation, TimeProvider timeProvider) : IStateShard
{
    private const int ReadAttempts = 50;
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public async ValueTask RestoreAsync(Epoch epoch, int slice, ReadOnlyMemory<byte> exported, CancellationToken cancellationToken)
    {
        var request = new RestoreSlice(ShardEpoch.From(epoch), slice, ShardBytes.Whole(exported));
        await AskAsync(() => grain.RestoreAsync(request), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<Digest?> EndRestoreAsync(Epoch epoch, ulong height, ulong position, CancellationToken cancellationToken)
    {
        var root = await AskAsync(() => grain.EndRestoreAsync(ShardEpoch.From(epoch), height, position), cancellationToken);
        return root is null ? null : Digest.FromBytes(root);
    }

    /// <inheritdoc/>
    public async ValueTask OpenAsync(Epoch epoch, CancellationToken cancellationToken) =>
        await AskAsync(() => grain.OpenAsync(ShardEpoch.From(epoch)), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<byte[]?>> GatherAsync(
        Epoch epoch,
        IReadOnlyList<StateKey> keys,
        CancellationToken cancellationToken)
    {
        var packed = ShardBytes.Keys(keys);
        return ShardBytes.Values(await AskAsync(() => grain.GatherAsync(ShardEpoch.From(epoch), packed), cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask ApplyAsync(Epoch epoch, ShardWrites writes, CancellationToken cancellationToken)
    {
        var request = new ApplyBatch(ShardEpoch.From(epoch), writes.Previous, writes.Position, ShardBytes.Pairs(writes.Values));
        await AskAsync(() => grain.ApplyAsync(request), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<Digest> CutAsync(
        Epoch epoch,
        ulong height,
        ulong position,
        bool takesSnapshot,
        CancellationToken cancellationToken) =>
        Digest.FromBytes(await AskAsync(() => grain.CutAsync(ShardEpoch.From(epoch), height, position, takesSnapshot), cancellationToken));

    /// <inheritdoc/>
    public async ValueTask<byte[]?> ExportAsync(Epoch epoch, ulong height, int slice, CancellationToken cancellationToken) =>
        await AskAsync(() => grain.ExportAsync(ShardEpoch.From(epoch), height, slice), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ShardRead> ReadAsync(IReadOnlyList<StateKey> keys, CancellationToken cancellationToken)
    {
        var packed = ShardBytes.Keys(keys);
        var answer = await AskUntilCurrentAsync(() => grain.ReadAsync(packed), cancellationToken);
        return new ShardRead(answer.Position, ShardBytes.Values(answer.Blobs));
    }

    /// <inheritdoc/>
    public async ValueTask<ShardHoldings> HoldingsAsync(AccountId account, CancellationToken cancellationToken)
    {
        var bytes = account.Digest.ToArray();
        var answer = await AskUntilCurrentAsync(() => grain.HoldingsAsync(bytes), cancellationToken);
        return new ShardHoldings(answer.Position, ShardBytes.Pairs(answer.Blobs));
    }

    /// <inheritdoc/>
    public async ValueTask<ShardProof> ProveAsync(StateKey key, CancellationToken cancellationToken)
    {
        var bytes = key.ToArray();
        var answer = await AskUntilCurrentAsync(() => grain.ProveAsync(bytes), cancellationToken);
        var items = answer.Blobs.ToList();
        return items.Count == 2 && items[1] is { } encoded && StateProof.TryDecode(encoded.Span, out var proof)
            ? new ShardProof(answer.Position, items[0]?.ToArray(), proof)
            : throw new StorageException($"Shard {number} answered with what is no proof. Look into the silo's log.");
    }

    // While consensus recovers its shards are closed or gone, for a second or so: whoever reads waits for it.
    private async Task<ShardAnswer> AskUntilCurrentAsync(Func<Task<ShardAnswer>> call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await AskAsync(call, cancellationToken);
                if (answer.Activation >= latestActivation())
                {
                    return answer;
                }

                throw new StorageException(
                    $"Shard {number} answered from before activation {latestActivation()}: the network between silos may be divided. Ask again, or another gateway.");
            }
            catch (StorageException) when (attempt < ReadAttempts)
            {
                await Task.Delay(AskAgain, timeProvider, cancellationToken);
            }
        }
    }

    private async Task AskAsync(Func<Task> call, CancellationToken cancellationToken) => await AskAsync(
        async () =>
        {
            await call();
            return true;
        },
        cancellationToken);

    private async Task<T> AskAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (GrainFaults.IsUnreachable(exception))
        {
            GrainInstruments.ShardsUnreachable.Add(1);
            throw new StorageException($"Shard {number} could not be reached: {exception.Message}", exception);
        }
    }
}
