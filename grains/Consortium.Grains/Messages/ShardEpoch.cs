using Consortium.Consensus.Ports;

namespace Consortium.Grains.Messages;

/// <summary>An <see cref="Epoch"/> between silos.</summary>
/// <param name="Activation">Journal position of the entry that began the activation.</param>
/// <param name="Attempt">Counts what the activation tried to restore from.</param>
[GenerateSerializer]
[Alias("consortium.shard-epoch")]
[Immutable]
public readonly record struct ShardEpoch([property: Id(0)] ulong Activation, [property: Id(1)] int Attempt)
{
    /// <summary>Converts the message to the roles' own type.</summary>
    /// <returns>The epoch.</returns>
    public Epoch ToEpoch() => new(Activation, Attempt);

    /// <summary>Makes a message from what the roles call it.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <returns>The message.</returns>
    public static ShardEpoch From(Epoch epoch) => new(epoch.Activation, epoch.Attempt);
}
