namespace Consortium.Consensus.Ports;

/// <summary>A shard does not belong to the activation that asks: it began again empty, or a later activation restored it.</summary>
/// <remarks>The activation must stop; the next one restores every shard from storage.</remarks>
/// <param name="asked">The epoch of the activation that asks.</param>
/// <param name="found">The shard's epoch.</param>
public sealed class ShardMovedException(Epoch asked, Epoch found)
    : Exception($"A shard is at epoch {found}, not at {asked}: it has restarted or another activation has it. This one stops ordering; the next one begins from storage.");
