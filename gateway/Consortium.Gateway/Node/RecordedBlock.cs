using Consortium.Ledger.Blocks;

namespace Consortium.Gateway.Node;

/// <summary>A sealed block with its transactions.</summary>
/// <param name="Seal">The sealed header.</param>
/// <param name="Transactions">The transactions, in order.</param>
public sealed record RecordedBlock(BlockSeal Seal, IReadOnlyList<RecordedTransaction> Transactions);
