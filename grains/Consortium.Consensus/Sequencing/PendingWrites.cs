using Consortium.Ledger.State;

namespace Consortium.Consensus.Sequencing;

/// <summary>The changes of batches that have not been sent to a shard yet.</summary>
internal sealed class PendingWrites
{
    /// <summary>Journal position of the last batch whose changes are in it.</summary>
    public ulong Position { get; set; }

    /// <summary>The last value of each key.</summary>
    public Dictionary<StateKey, StateValue> Values { get; } = [];
}
