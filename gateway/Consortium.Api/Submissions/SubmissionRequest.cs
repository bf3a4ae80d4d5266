namespace Consortium.Api;

/// <summary>Body of <c>POST /v1/transactions</c> as JSON: one transaction (payload and signatures) or several (transactions).</summary>
/// <param name="Payload">The payload's bytes, base64.</param>
/// <param name="Signatures">Signatures over those bytes.</param>
/// <param name="Transactions">Instead of the two: a batch.</param>
public sealed record SubmissionRequest(
    string? Payload = null,
    IReadOnlyList<SignatureJson>? Signatures = null,
    IReadOnlyList<SignedTransactionJson>? Transactions = null);
