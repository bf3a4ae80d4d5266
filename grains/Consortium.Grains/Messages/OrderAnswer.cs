namespace Consortium.Grains.Messages;

/// <summary>The sequencer's answer for one transaction.</summary>
/// <param name="Refusal">Number of the refusal's code; 0 when it was ordered.</param>
/// <param name="Message">The refusal's detail, or <see langword="null"/> when the transaction was ordered.</param>
/// <param name="Position">Journal position of its batch.</param>
/// <param name="Index">Place in the batch.</param>
/// <param name="IsDuplicate">Whether the transaction was ordered before.</param>
/// <param name="Receipt">The encoded receipt, or <see langword="null"/> when refused or ordered long ago.</param>
[GenerateSerializer]
[Alias("consortium.order-answer")]
[Immutable]
public readonly record struct OrderAnswer(
    [property: Id(0)] int Refusal,
    [property: Id(1)] string? Message,
    [property: Id(2)] ulong Position,
    [property: Id(3)] int Index,
    [property: Id(4)] bool IsDuplicate,
    [property: Id(5)] byte[]? Receipt);
