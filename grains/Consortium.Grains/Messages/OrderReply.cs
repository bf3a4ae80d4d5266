namespace Consortium.Grains.Messages;

/// <summary>The sequencer's answers to an <see cref="OrderRequest"/>.</summary>
/// <param name="Answers">One per transaction, in order.</param>
/// <param name="Position">Journal position of the last entry when the answer was given.</param>
[GenerateSerializer]
[Alias("consortium.order-reply")]
[Immutable]
public sealed record OrderReply([property: Id(0)] OrderAnswer[] Answers, [property: Id(1)] ulong Position);
