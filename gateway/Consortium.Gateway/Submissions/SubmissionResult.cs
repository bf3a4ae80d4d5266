using Consortium.Gateway.Node;
using Consortium.Ledger;
using Consortium.Ledger.Ids;

namespace Consortium.Gateway.Submissions;

/// <summary>The result of one transaction of a request: a receipt, or a refusal.</summary>
/// <param name="Id">The transaction, or <see langword="null"/> when the bytes are none.</param>
/// <param name="Refused">The refusal, when the transaction was not ordered.</param>
/// <param name="Recorded">The receipt, when the transaction was ordered.</param>
/// <param name="IsDuplicate">Whether the transaction was ordered before.</param>
internal readonly record struct SubmissionResult(TransactionId? Id, Refused? Refused, RecordedReceipt? Recorded, bool IsDuplicate);
