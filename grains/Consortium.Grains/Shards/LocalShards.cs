using System.Collections.Concurrent;
using Consortium.Consensus.Shards;

namespace Consortium.Grains.Shards;

/// <summary>The shards that run in this process: callers in it ask them directly, without a message.</summary>
/// <remarks>
/// A shard found here may be an outdated activation: callers compare its epoch, as they do with an answer from another silo.
/// May be used by any number of threads.
/// </remarks>
public sealed class LocalShards
{
    private readonly ConcurrentDictionary<int, StateShard> _byNumber = new();

    /// <summary>Finds a shard.</summary>
    /// <param name="number">Its number among the shards of all classes.</param>
    /// <returns>The shard, or <see langword="null"/> when it runs elsewhere or nowhere.</returns>
    public StateShard? Find(int number) => _byNumber.GetValueOrDefault(number);

    /// <summary>Registers a shard that runs in this process.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="shard">The shard; it takes the place of one that was here before.</param>
    internal void Add(int number, StateShard shard) => _byNumber[number] = shard;

    /// <summary>Removes a shard, unless another activation of the same number has taken its place.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="shard">The shard.</param>
    internal void Remove(int number, StateShard shard) => _byNumber.TryRemove(KeyValuePair.Create(number, shard));
}
