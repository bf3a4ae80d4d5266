using System.Diagnostics;
using Consortium.Consensus.Ports;
using Consortium.Ledger;
using Consortium.Ledger.Blocks;
using Consortium.Ledger.Execution;

namespace Consortium.Consensus.Sequencing;

/// <summary>A block that was cut and waits for its seal.</summary>
/// <param name="Template">The header without state root, producer and nonce.</param>
/// <param name="ShardRoots">Completes when the shards have brought their trees forward.</param>
/// <param name="Transactions">Ids and places of the block's transactions.</param>
/// <param name="Changes">The values that the block changed.</param>
/// <param name="Window">The duplicate window as it was at the cut, when a snapshot of the block is to be kept.</param>
internal sealed record CutBlock(
    BlockHeader Template,
    Task<Digest[]> ShardRoots,
    IReadOnlyList<IndexedTransaction> Transactions,
    IReadOnlyList<StateChange> Changes,
    DuplicateWindowExport? Window)
{
    /// <summary>The block's span, or <see langword="null"/> when nobody listens.</summary>
    public Activity? Span { get; init; }

    public SealedBlock Seal(BlockSeal seal, ulong sealPosition) => new(seal, sealPosition, Transactions, Changes);
}
