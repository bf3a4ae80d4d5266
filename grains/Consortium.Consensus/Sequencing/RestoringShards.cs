using Consortium.Consensus.Ports;

namespace Consortium.Consensus.Sequencing;

/// <summary>Restores shards from a snapshot for an epoch: the slices of one shard one after another, several shards at a time.</summary>
/// <param name="shards">The shards.</param>
/// <param name="epoch">The epoch.</param>
internal sealed class RestoringShards(IReadOnlyList<IStateShard> shards, Epoch epoch)
{
    // Enough to keep cores and silos busy, few enough that little of the snapshot is in memory.
    private const int RunningMax = 8;

    private readonly int[] _slices = new int[shards.Count];
    private readonly Task[] _last = [.. shards.Select(_ => Task.CompletedTask)];
    private readonly Queue<Task> _running = new();

    /// <summary>Adds the next slice of a shard.</summary>
    /// <returns>Whether there is a shard of that number. Its slice may still be on the way: <see cref="EndAsync"/> waits for all.</returns>
    public async ValueTask<bool> TryAddAsync(int shard, ReadOnlyMemory<byte> slice, CancellationToken cancellationToken)
    {
        if (shard < 0 || shard >= shards.Count)
        {
            return false;
        }

        if (_running.Count == RunningMax)
        {
            await _running.Dequeue();
        }

        await _last[shard];
        _last[shard] = shards[shard].RestoreAsync(epoch, _slices[shard]++, slice, cancellationToken).AsTask();
        _running.Enqueue(_last[shard]);
        return true;
    }

    /// <summary>Waits for all slices, and gives to the epoch the shards that have none.</summary>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        for (var shard = 0; shard < shards.Count; shard++)
        {
            if (_slices[shard] == 0)
            {
                await TryAddAsync(shard, default, cancellationToken);
            }
        }

        await Task.WhenAll(_last);
    }
}
