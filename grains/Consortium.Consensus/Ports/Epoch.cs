namespace Consortium.Consensus.Ports;

/// <summary>
/// Says which activation of the consensus role a shard belongs to: the fencing token of Kleppmann's "How to do distributed
/// locking" (2016). The journal gives every activation a higher one, and shards refuse all that comes with a lower one.
/// </summary>
/// <param name="Activation">Journal position of the entry that began the activation.</param>
/// <param name="Attempt">Counts what the activation tried to restore from, since it may try several snapshots.</param>
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
