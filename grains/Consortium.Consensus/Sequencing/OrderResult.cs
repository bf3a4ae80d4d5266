using Consortium.Ledger;
using Consortium.Ledger.Ids;

namespace Consortium.Consensus.Sequencing;

/// <summary>What the sequencer answers for one transaction.</summary>
/// <param name="Id">The transaction.</param>
/// <param name="Refused">Why it was not ordered, or <see langword="null"/>.</param>
/// <param name="Position">Journal position of the batch it stands in.</param>
/// <param name="Index">Place in the batch.</param>
/// <param name="Duplicate">It was ordered before; position and index are those of the first time.</param>
public readonly record struct OrderResult(TransactionId Id, Refused? Refused, ulong Position, int Index, bool Duplicate);
