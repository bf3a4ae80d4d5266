using Consortium.Ledger.Blocks;

namespace Consortium.Consensus.Ports;

/// <summary>A block as the ledger index keeps it.</summary>
/// <param name="Seal">The sealed header.</param>
/// <param name="SealPosition">Journal position of the sealed header.</param>
/// <param name="FirstPosition">Journal position after the block before's last batch; batches of this block stand from here to the header's last position.</param>
public sealed record IndexedBlock(BlockSeal Seal, ulong SealPosition, ulong FirstPosition);
