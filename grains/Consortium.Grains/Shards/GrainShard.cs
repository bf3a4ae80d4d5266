using System.Diagnostics.CodeAnalysis;
using Consortium.Consensus.Ports;
using Consortium.Consensus.Shards;
using Consortium.Grains.Messages;
using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Ledger.State;

namespace Consortium.Grains.Shards;

/// <summary>A shard behind its grain: calls go directly to the shard when it runs in this process, otherwise through Orleans.</summary>
/// <remarks>
/// An answer that does not come in time, or a silo that is gone, is a <see cref="StorageException"/>: the caller asks again or refuses.
/// While the network is divided, two activations of one shard may exist. A reader therefore accepts answers only from a shard that belongs
/// to the latest activation of consensus that it knows of, and asks again until it has one. The same holds for a shard in this process,
/// which is called directly to save a message.
/// </remarks>
/// <param name="grain">The grain.</param>
/// <param name="local">The shards that run in this process.</param>
/// <param name="number">The shard's number, for messages.</param>
/// <param name="latestActivation">The latest activation of consensus that is known here.</param>
/// <param name="timeProvider">Paces asking again.</param>
public sealed class GrainShard(IStateShardGrain grain, LocalShards local, int number, Func<ulong> latestActivation, TimeProvider timeProvider) : IStateShard
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
        if (WriterOf(epoch) is { } here)
        {
            return here.Gather(epoch, keys);
        }

        var packed = ShardBytes.Keys(keys);
        return ShardBytes.Values(await AskAsync(() => grain.GatherAsync(ShardEpoch.From(epoch), packed), cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask ApplyAsync(Epoch epoch, ShardWrites writes, CancellationToken cancellationToken)
    {
        if (WriterOf(epoch) is { } here)
        {
            here.Apply(epoch, writes);
            return;
        }

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
        if (TryHere(here => here.Read(keys), out var read))
        {
            return read;
        }

        var packed = ShardBytes.Keys(keys);
        var answer = await AskUntilCurrentAsync(() => grain.ReadAsync(packed), cancellationToken);
        return new ShardRead(answer.Position, ShardBytes.Values(answer.Blobs));
    }

    /// <inheritdoc/>
    public async ValueTask<ShardHoldings> HoldingsAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (TryHere(here => here.Holdings(account), out var holdings))
        {
            return holdings;
        }

        var bytes = account.Digest.ToArray();
        var answer = await AskUntilCurrentAsync(() => grain.HoldingsAsync(bytes), cancellationToken);
        return new ShardHoldings(answer.Position, ShardBytes.Pairs(answer.Blobs));
    }

    /// <inheritdoc/>
    public async ValueTask<ShardProof> ProveAsync(StateKey key, CancellationToken cancellationToken)
    {
        if (TryHere(here => here.Prove(key), out var proof))
        {
            return proof;
        }

        var bytes = key.ToArray();
        var answer = await AskUntilCurrentAsync(() => grain.ProveAsync(bytes), cancellationToken);
        var items = answer.Blobs.ToList();
        return items.Count == 2 && items[1] is { } encoded && StateProof.TryDecode(encoded.Span, out var proven)
            ? new ShardProof(answer.Position, items[0]?.ToArray(), proven)
            : throw new StorageException($"Shard {number} answered with what is no proof. Look into the silo's log.");
    }

    // One that was not restored in this very epoch is not the one that the grain's directory knows, or not yet.
    private StateShard? WriterOf(Epoch epoch) => local.Find(number) is { } here && here.Epoch == epoch ? here : null;

    private bool TryHere<T>(Func<StateShard, T> read, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (local.Find(number) is not { } here || here.Epoch.Activation < latestActivation())
        {
            return false;
        }

        try
        {
            value = read(here);
            return true;
        }
        catch (StorageException)
        {
            // The shard here is being restored: the call goes to the grain, which waits until it is.
            return false;
        }
    }

    // While consensus recovers its shards are closed or gone, for a second or so; readers wait until they are back.
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
