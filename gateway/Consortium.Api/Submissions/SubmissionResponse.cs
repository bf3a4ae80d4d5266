namespace Consortium.Api;

/// <summary>The receipts of a request's transactions, in the order sent.</summary>
/// <param name="Receipts">One per transaction.</param>
/// <param name="Refusal"><c>WaitTimedOut</c> when the finality level waited for was not reached in time (HTTP status 202).</param>
public sealed record SubmissionResponse(IReadOnlyList<ReceiptResponse> Receipts, RefusalResponse? Refusal = null);
