using Consortium.Consensus.Ports;

namespace Consortium.Grains.Messages;

/// <summary>An <see cref="Epoch"/> between silos.</summary>
/// <param name="Activation">Journal position of the entry that began the activation.</param>
/// <param name="Attempt">Counts the attempts of the activation to restore the shards.</param>
[GenerateSerializer]
[Alias("consortium.shard-epoch")]
[Immutable]
public readonly record struct ShardEpoch([property: Id(0)] ulong Activation, [property: Id(1)] int Attempt)
{
    /// <summary>Converts the message to the roles' own type.</summary>
    /// <returns>The epoch.</returns>
    public Epoch ToEpoch() => new(Activation, Attempt);

    /// <summary>Makes the message from an epoch of the consensus library.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <returns>The message.</returns>
    public static ShardEpoch From(Epoch epoch) => new(epoch.Activation, epoch.Attempt);
}
