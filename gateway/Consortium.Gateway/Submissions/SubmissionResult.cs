using Consortium.Ledger;
using Consortium.Ledger.Ids;
using Consortium.Gateway.Node;

namespace Consortium.Gateway.Submissions;

/// <summary>What became of one transaction of a request.</summary>
/// <param name="Id">The transaction, or <see langword="null"/> when the bytes are none.</param>
/// <param name="Refused">Why it was not ordered.</param>
/// <param name="Recorded">Its receipt, when it was ordered.</param>
/// <param name="IsDuplicate">It was ordered before.</param>
internal readonly record struct SubmissionResult(TransactionId? Id, Refused? Refused, RecordedReceipt? Recorded, bool IsDuplicate);
