using Consortium.Ledger.Execution;

namespace Consortium.Consensus.Sequencing;

/// <summary>A batch that is durable and executed.</summary>
/// <param name="Position">Journal position.</param>
/// <param name="TimeMs">Batch time.</param>
/// <param name="Executed">The batch's transactions with their outcomes, in order.</param>
public sealed record OrderedBatch(ulong Position, ulong TimeMs, IReadOnlyList<ExecutedTransaction> Executed);
