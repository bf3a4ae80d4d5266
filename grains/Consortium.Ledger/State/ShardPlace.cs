namespace Consortium.Ledger.State;

/// <summary>Names one of all shards by its class and its index within the class (SPEC.md section 4).</summary>
/// <remarks>
/// Every class has the genesis' shard count of shards. The shards of all classes together are numbered from 0: first those of
/// <see cref="ShardClass.Governance"/>, then those of each class in the order of its number. <see langword="default"/> is the first.
/// </remarks>
/// <param name="Class">The class.</param>
/// <param name="Index">0 to the genesis' shard count - 1.</param>
public readonly record struct ShardPlace(ShardClass Class, int Index)
{
    /// <summary>Classes of shards.</summary>
    public const int ClassCount = 3;

    /// <summary>The shards of all classes.</summary>
    /// <param name="shardCount">The genesis' shard count: shards per class.</param>
    /// <returns>The number of shards of all classes.</returns>
    public static int Total(int shardCount) => ClassCount * shardCount;

    /// <summary>The class of shards that has the keys of a kind.</summary>
    /// <param name="kind">The kind of the keys.</param>
    /// <returns>The class.</returns>
    public static ShardClass ClassOf(StateKind kind) => kind switch
    {
        StateKind.Member => ShardClass.Governance,
        StateKind.Asset => ShardClass.Asset,
        StateKind.Account or StateKind.Holding => ShardClass.Account,
    };

    /// <summary>The shard with a number.</summary>
    /// <param name="number">0 to <see cref="Total"/> - 1.</param>
    /// <param name="shardCount">The genesis' shard count: shards per class.</param>
    /// <returns>The place whose <see cref="Number"/> it is.</returns>
    /// <exception cref="InvariantBrokenException">No shard has that number.</exception>
    public static ShardPlace FromNumber(int number, int shardCount)
    {
        Invariant.Holds(number >= 0 && number < Total(shardCount));
        return new ShardPlace((ShardClass)(number / shardCount), number % shardCount);
    }

    /// <summary>The shard's number among the shards of all classes: the leaf that its root is under the state root.</summary>
    /// <param name="shardCount">The genesis' shard count: shards per class.</param>
    /// <returns>0 to <see cref="Total"/> - 1.</returns>
    public int Number(int shardCount) => ((int)Class * shardCount) + Index;
}
