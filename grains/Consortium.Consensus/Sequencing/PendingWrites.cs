using Consortium.Ledger.State;

namespace Consortium.Consensus.Sequencing;

/// <summary>What batches changed in a shard that has not been told yet.</summary>
internal sealed class PendingWrites
{
    /// <summary>Journal position of the last of those batches.</summary>
    public ulong Position { get; set; }

    /// <summary>The last value of each key.</summary>
    public Dictionary<StateKey, StateValue> Values { get; } = [];
}
