namespace Consortium.Grains.Messages;

/// <summary>Gives a shard a slice of a snapshot.</summary>
/// <param name="Epoch">The epoch the shard is given to.</param>
/// <param name="Slice">Number of the slice within the shard's state, from 0.</param>
/// <param name="Exported">The bytes that a shard exported for the snapshot.</param>
[GenerateSerializer]
[Alias("consortium.restore-slice")]
[Immutable]
public sealed record RestoreSlice(
    [property: Id(0)] ShardEpoch Epoch,
    [property: Id(1)] int Slice,
    [property: Id(2)] byte[] Exported);
