using Consortium.Consensus.Sequencing;

namespace Consortium.Grains.Messages;

/// <summary>The positions and heights that the ledger has reached, as the sequencer knows them.</summary>
/// <param name="Activation">Journal position at which the answering activation began; 0 while it recovers.</param>
/// <param name="Position">The last journal entry.</param>
/// <param name="TimeMs">The last batch time or cut.</param>
/// <param name="SealedHeight">The last sealed block; 0 for none.</param>
/// <param name="SealedPosition">Journal position of the sealed block's last batch.</param>
/// <param name="FinalHeight">The last final block; 0 for none.</param>
/// <param name="FinalPosition">Journal position of the final block's last batch.</param>
/// <param name="ArchivedHeight">The last block that the block log has.</param>
/// <param name="QueueLength">Transactions that wait to be ordered.</param>
[GenerateSerializer]
[Alias("consortium.follow-reply")]
[Immutable]
public sealed record FollowReply(
    [property: Id(0)] ulong Activation,
    [property: Id(1)] ulong Position,
    [property: Id(2)] ulong TimeMs,
    [property: Id(3)] ulong SealedHeight,
    [property: Id(4)] ulong SealedPosition,
    [property: Id(5)] ulong FinalHeight,
    [property: Id(6)] ulong FinalPosition,
    [property: Id(7)] ulong ArchivedHeight,
    [property: Id(8)] int QueueLength)
{
    /// <summary>Converts the message to the roles' own type.</summary>
    /// <returns>The head.</returns>
    public LedgerHead ToHead() => new(Position, TimeMs, SealedHeight, SealedPosition, FinalHeight, FinalPosition);
}
