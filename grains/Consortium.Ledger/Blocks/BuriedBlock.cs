using System.Numerics;

namespace Consortium.Ledger.Blocks;

/// <summary>A sealed block as finality sees it.</summary>
/// <param name="Height">Its height.</param>
/// <param name="LastPosition">Journal position of its last batch.</param>
/// <param name="TimeMs">Time of the block's cut, UTC milliseconds.</param>
/// <param name="Work">Its own work.</param>
public sealed record BuriedBlock(ulong Height, ulong LastPosition, ulong TimeMs, BigInteger Work)
{
    /// <summary>Reads a header's place and work.</summary>
    /// <param name="header">A valid header.</param>
    /// <returns>The block.</returns>
    public static BuriedBlock From(BlockHeader header) =>
        new(header.Height, header.LastPosition, header.TimeMs, ChainRules.Work(header.TargetCompact));
}
