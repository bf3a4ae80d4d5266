using Consortium.Ledger.Blocks;

namespace Consortium.Simulation.Checkers.Reference;

/// <summary>A seal as the journal has it, beside the header that the replay would have made.</summary>
/// <param name="Block">The block.</param>
/// <param name="Expected">The replay's header; time, producer and nonce are the seal's own.</param>
/// <param name="LastBatchTimeMs">Time of the block's last batch, or of the header before where it has none.</param>
/// <param name="NextBatchTimeMs">Time of the first batch in the journal that belongs to a later block, if there is one yet.</param>
internal sealed record ReplayedBlock(
    ReferenceBlock Block,
    BlockHeader Expected,
    ulong LastBatchTimeMs,
    ulong? NextBatchTimeMs)
{
    public BlockHeader Header => Block.Header;
}
