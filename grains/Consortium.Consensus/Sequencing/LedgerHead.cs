namespace Consortium.Consensus.Sequencing;

/// <summary>The journal positions and block heights that the ledger has reached.</summary>
/// <param name="Position">The last journal entry.</param>
/// <param name="TimeMs">The last batch time or cut.</param>
/// <param name="SealedHeight">The last sealed block; 0 for none.</param>
/// <param name="SealedPosition">Journal position of the sealed block's last batch: batches up to here are sealed.</param>
/// <param name="FinalHeight">The last final block; 0 for none.</param>
/// <param name="FinalPosition">Journal position of the final block's last batch: batches up to here are final.</param>
public sealed record LedgerHead(
    ulong Position,
    ulong TimeMs,
    ulong SealedHeight,
    ulong SealedPosition,
    ulong FinalHeight,
    ulong FinalPosition);
