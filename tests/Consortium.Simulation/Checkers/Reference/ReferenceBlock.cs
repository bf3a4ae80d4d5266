using System.Numerics;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;

namespace Consortium.Simulation.Checkers.Reference;

/// <summary>A sealed block with the values that the replay computed for it.</summary>
/// <param name="Seal">The sealed header, as the journal has it.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="SealPosition">Journal position of the seal.</param>
/// <param name="ShardRoots">The replay's own roots after the block's last batch.</param>
/// <param name="Work">The block's own work.</param>
/// <param name="TotalWork">Work of all blocks up to it.</param>
/// <param name="FinalHeight">The highest block that was final once this one was sealed; 0 for none.</param>
internal sealed record ReferenceBlock(
    BlockSeal Seal,
    Digest Hash,
    ulong SealPosition,
    IReadOnlyList<Digest> ShardRoots,
    BigInteger Work,
    BigInteger TotalWork,
    ulong FinalHeight)
{
    public BlockHeader Header => Seal.Header;
}
