using Consortium.Ledger.Blocks;
using Consortium.Ledger.Execution;

namespace Consortium.Consensus.Ports;

/// <summary>A sealed block with what it changed, as the ledger index takes it.</summary>
/// <param name="Seal">The sealed header.</param>
/// <param name="SealPosition">Journal position of the sealed header.</param>
/// <param name="Transactions">Ids and places of the block's transactions, in order.</param>
/// <param name="Changes">The last value written under each key, in no order.</param>
public sealed record SealedBlock(
    BlockSeal Seal,
    ulong SealPosition,
    IReadOnlyList<IndexedTransaction> Transactions,
    IReadOnlyList<StateChange> Changes);
