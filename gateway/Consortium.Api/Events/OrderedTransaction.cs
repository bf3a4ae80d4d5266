namespace Consortium.Api;

/// <summary>A transaction of a batch.</summary>
/// <param name="TransactionId"><c>tx1…</c>.</param>
/// <param name="Outcome">Accepted or rejected.</param>
/// <param name="Rejections">Names of the rules that it broke; left out unless rejected.</param>
public sealed record OrderedTransaction(string TransactionId, ReceiptOutcome Outcome, IReadOnlyList<string>? Rejections = null);
