namespace Consortium.Grains.Messages;

/// <summary>Where a transaction stands that an index may not have yet.</summary>
/// <param name="IsFound">Whether it is remembered.</param>
/// <param name="Position">Journal position of its batch.</param>
/// <param name="Index">Place in the batch.</param>
/// <param name="ArchivedHeight">What is not remembered stands in a block up to this one, or nowhere.</param>
[GenerateSerializer]
[Alias("consortium.found-transaction")]
[Immutable]
public readonly record struct FoundTransaction(
    [property: Id(0)] bool IsFound,
    [property: Id(1)] ulong Position,
    [property: Id(2)] int Index,
    [property: Id(3)] ulong ArchivedHeight);
