namespace Consortium.Consensus.Ports;

/// <summary>
/// Identifies the activation of the sequencer that a shard belongs to: a fencing token, as in Kleppmann's "How to do distributed
/// locking" (2016). Every activation has a higher one than those before it, and a shard refuses calls that carry a lower one than its own.
/// </summary>
/// <param name="Activation">Journal position of the entry that began the activation.</param>
/// <param name="Attempt">Counts the attempts of the activation to restore the shards, since it may try several snapshots.</param>
public readonly record struct Epoch(ulong Activation, int Attempt) : IComparable<Epoch>
{
    /// <inheritdoc/>
    public int CompareTo(Epoch other)
    {
        var order = Activation.CompareTo(other.Activation);
        return order != 0 ? order : Attempt.CompareTo(other.Attempt);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Activation}.{Attempt}";
}
