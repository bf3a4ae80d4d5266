namespace Consortium.Grains.Messages;

/// <summary>Replaces a shard's state.</summary>
/// <param name="Epoch">The epoch the shard is given to.</param>
/// <param name="Exported">What the shard exported for a snapshot.</param>
/// <param name="Height">The block it stands for.</param>
/// <param name="Position">Position of that block's last batch.</param>
[GenerateSerializer]
[Alias("consortium.restore-shard")]
[Immutable]
public sealed record RestoreShard(
    [property: Id(0)] ShardEpoch Epoch,
    [property: Id(1)] byte[] Exported,
    [property: Id(2)] ulong Height,
    [property: Id(3)] ulong Position);
