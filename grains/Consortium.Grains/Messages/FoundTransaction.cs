namespace Consortium.Grains.Messages;

/// <summary>The place of an ordered transaction, asked of the sequencer because the caller's index may not have it yet.</summary>
/// <param name="IsFound">Whether the sequencer has the transaction in memory.</param>
/// <param name="Position">Journal position of its batch.</param>
/// <param name="Index">Place in the batch.</param>
/// <param name="ArchivedHeight">A transaction that was not found is in a block up to this height, or was never ordered.</param>
[GenerateSerializer]
[Alias("consortium.found-transaction")]
[Immutable]
public readonly record struct FoundTransaction(
    [property: Id(0)] bool IsFound,
    [property: Id(1)] ulong Position,
    [property: Id(2)] int Index,
    [property: Id(3)] ulong ArchivedHeight);
