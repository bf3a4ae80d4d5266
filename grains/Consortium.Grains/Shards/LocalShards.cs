using System.Collections.Concurrent;
using Consortium.Consensus.Shards;

namespace Consortium.Grains.Shards;

/// <summary>The shards that run in this process: callers in it ask them directly, without a message.</summary>
/// <remarks>
/// That one is found here says nothing about whether it is the present one; its epoch does, as with one that answers from elsewhere.
/// May be used by any number of threads.
/// </remarks>
public sealed class LocalShards
{
    private readonly ConcurrentDictionary<int, StateShard> _byNumber = new();

    /// <summary>Finds a shard.</summary>
    /// <param name="number">Its number among the shards of all classes.</param>
    /// <returns>The shard, or <see langword="null"/> when it runs elsewhere or nowhere.</returns>
    public StateShard? Find(int number) => _byNumber.GetValueOrDefault(number);

    /// <summary>Notes that a shard runs here.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="shard">The shard; it takes the place of one that was here before.</param>
    internal void Add(int number, StateShard shard) => _byNumber[number] = shard;

    /// <summary>Notes that it does not run here any more; one that took its place stays.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="shard">The shard.</param>
    internal void Remove(int number, StateShard shard) => _byNumber.TryRemove(KeyValuePair.Create(number, shard));
}
