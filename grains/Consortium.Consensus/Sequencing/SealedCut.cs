using Consortium.Ledger.Blocks;

namespace Consortium.Consensus.Sequencing;

/// <summary>A block that was cut and sealed.</summary>
/// <param name="Cut">The block.</param>
/// <param name="Seal">Its sealed header.</param>
internal sealed record SealedCut(CutBlock Cut, BlockSeal Seal);
